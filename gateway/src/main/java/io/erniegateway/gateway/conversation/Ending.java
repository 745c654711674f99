package io.erniegateway.gateway.conversation;

import io.erniegateway.gateway.model.ModelException.Trouble;

/**
 * How a turn ended: what is said last, and what is remembered.
 *
 * @param name for metrics
 * @param closing what to do to the shown text
 * @param memory what becomes of the history
 */
public record Ending(String name, Closing closing, Memory memory) {

    /** What is done to the text as it ends. */
    public sealed interface Closing {
        /** It stays as it is. */
        record Nothing() implements Closing {}

        /** A sentence is put below it. */
        record Below(Phrase phrase) implements Closing {}

        /** It is taken back, and this stands in its place. */
        record Instead(Phrase phrase) implements Closing {}
    }

    /** What is remembered of the turn. */
    public enum Memory {
        KEEP,
        /** The answer is not fit for the history. */
        SKIP,
        /** The whole conversation is to be forgotten. */
        FORGET_ALL
    }

    static Ending whole() {
        return new Ending("whole", new Closing.Nothing(), Memory.KEEP);
    }

    Ending forgettingAll() {
        return new Ending(name, closing, Memory.FORGET_ALL);
    }

    static Ending cutAtLimit() {
        return new Ending("cut-at-limit", new Closing.Below(Phrase.CUT_AT_LIMIT), Memory.KEEP);
    }

    static Ending filtered() {
        return new Ending("filtered", new Closing.Nothing(), Memory.SKIP);
    }

    static Ending empty() {
        return new Ending("empty", new Closing.Instead(Phrase.EMPTY), Memory.SKIP);
    }

    static Ending stopped(boolean anyText) {
        return new Ending("stopped", below(anyText, Phrase.STOPPED), anyText ? Memory.KEEP : Memory.SKIP);
    }

    static Ending retracted() {
        return new Ending("retracted", new Closing.Instead(Phrase.UNSAFE), Memory.FORGET_ALL);
    }

    static Ending unwanted() {
        return new Ending("unwanted", new Closing.Nothing(), Memory.SKIP);
    }

    static Ending failed(Trouble trouble, boolean anyText) {
        return switch (trouble) {
            case UNSAFE -> retracted();
            case BUSY -> failed("busy", anyText, Phrase.BUSY);
            case TOO_LONG -> failed("too-long", anyText, Phrase.TOO_LONG);
            case BROKEN -> failed("broken", anyText, Phrase.BROKEN);
        };
    }

    private static Ending failed(String name, boolean anyText, Phrase phrase) {
        return new Ending(name, below(anyText, anyText ? Phrase.INTERRUPTED : phrase), Memory.SKIP);
    }

    private static Closing below(boolean anyText, Phrase phrase) {
        return anyText ? new Closing.Below(phrase) : new Closing.Instead(phrase);
    }
}
