package io.erniegateway.ernie.sse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Jackson as a program with thousands of virtual threads needs it. Left alone it keeps its buffers, about 20 KB, for
 * each thread that ever read or wrote a text, and here every answer has a thread of its own.
 */
public final class Json {
    /** As many threads as read or write at the very same time; what is beyond is left to the garbage collection. */
    private static final int POOLED_BUFFERS = 64;

    public static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newBoundedPool(POOLED_BUFFERS))
            .build();

    /** Not to be reconfigured: all share it. */
    public static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

    private Json() {}
}
