package io.erniegateway.config;

import java.util.List;

/** A settings file that cannot be used. Its message has one line a fault, and never the value of a secret. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    SettingsException(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    /** Every fault, in the order of the file: {@code file:line path: what is wrong, what to write instead}. */
    public List<String> faults() {
        return faults;
    }
}
