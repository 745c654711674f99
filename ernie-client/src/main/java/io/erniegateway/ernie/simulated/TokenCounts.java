package io.erniegateway.ernie.simulated;

/** Where a stream tells how many tokens it used: {@code stream_options} (D:3m7of64lb). */
enum TokenCounts {
    UNTOLD,
    AT_THE_END,
    /** Cumulative; only V2 knows {@code chunk_include_usage}. */
    ON_EACH_CHUNK
}
