package io.erniegateway.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A settings file as an operator writes it, named {@code g.yaml} in its faults. */
final class Written {
    private final Path folder;
    private final byte[] bytes;
    private final Map<String, String> environment;

    Written(Path folder, byte[] bytes, Map<String, String> environment) {
        this.folder = folder;
        this.bytes = bytes;
        this.environment = environment;
    }

    static Written in(Path folder, String yaml) {
        return new Written(folder, yaml.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    Written with(Map<String, String> variables) {
        return new Written(folder, bytes, variables);
    }

    Settings load() throws IOException {
        return SettingsFile.load(Files.write(folder.resolve("g.yaml"), bytes), environment);
    }

    /** The faults, in which the file is called by its last name only. */
    List<String> faults() {
        SettingsException refused = catchThrowableOfType(SettingsException.class, this::load);
        if (refused == null) {
            return List.of();
        }
        String prefix = folder + File.separator;
        return refused.faults().stream().map(fault -> fault.replace(prefix, "")).toList();
    }
}
