package io.erniegateway.ernie;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model that the server lists ({@code GET …/models}; the fields are OpenAI's, for Baidu documents none).
 *
 * @param id what a request names
 * @param owner {@code owned_by}, empty if it was not told
 * @param created null if it was not told
 */
public record ModelInfo(String id, String owner, @Nullable Instant created) {}
