package io.erniegateway.gateway.delivery;

/** How far a bot uses what its platform has of its own for text that grows. */
public enum Native {
    /** Where nothing speaks against it: streams, and their budget beside that of edits. */
    AUTO,
    /** Never: all is shown by edits. */
    EDIT,
    /** Wherever it is to be had. */
    NATIVE
}
