package io.erniegateway.config;

import java.nio.file.Path;

/**
 * Where conversations are kept.
 *
 * @param file the SQLite database; a relative path counts from the directory the gateway was started in
 */
public record Store(Path file) {}
