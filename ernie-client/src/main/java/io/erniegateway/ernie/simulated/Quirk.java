package io.erniegateway.ernie.simulated;

/** Spellings of a stream that were all seen somewhere, and that a client has to take. */
public enum Quirk {
    /** Keep-alive comments between the events. */
    COMMENT_LINES,
    /** {@code \r\n} instead of {@code \n}. */
    CRLF,
    /** No space after {@code data:}. */
    NO_SPACE_AFTER_DATA,
    /** No blank line after an event. */
    NO_BLANK_LINES,
    /** The end of the body instead of {@code [DONE]}. */
    NO_DONE,
    /** Packets of seven bytes: most Chinese characters are split between two. */
    SPLIT_UTF8,
    /** Three events in one packet. */
    SEVERAL_PER_PACKET,
    /** A byte in the text that is no UTF-8. */
    BROKEN_UTF8,
    /** One line longer than 64 KiB. */
    LONG_LINE,
    /** One line of 5 MiB. */
    HUGE_LINE,
    /** {@code reasoning} instead of {@code reasoning_content}, as new versions of vLLM have it. */
    REASONING_FIELD,
    /** {@code content: null} while reasoning. */
    NULL_CONTENT,
    /** A frame with {@code delta_tag: search_status} and no text. */
    SEARCH_STATUS,
    /** {@code finish_reason: normal}, as early V2 and resellers have it. */
    FINISH_NORMAL,
    /** Token counts in a chunk of their own, {@code choices: []}; the OpenAI dialect always does so. */
    USAGE_OWN_CHUNK,
    /** No token counts although asked for. */
    NO_USAGE,
    /** V1 of 2023: completion_tokens by chunk, 0 in the last. */
    USAGE_2023,
    /** V1 of early 2024: completion_tokens cumulative. */
    USAGE_2024,
    /** Two pages found on the web, in the last chunk or the whole answer: V2's search_results, V1's search_info. */
    SEARCH_RESULTS,
    /** The pieces of parallel calls in turn, instead of one call after the other. */
    INTERLEAVED_CALLS
}
