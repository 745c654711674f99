package io.erniegateway.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads {@link Settings} from a file. */
public final class SettingsFile {
    /** A settings file has a few kilobytes; a larger one is some other file, and is not to fill the memory. */
    private static final int LARGEST = 1 << 20;

    private static final String SHIPPED = "gateway.yaml";

    private static final Shipped DEFAULTS = Shipped.load();

    private SettingsFile() {}

    /** The file packed into this module, text and tree. */
    private record Shipped(String text, YamlNode.Mapping tree) {
        static Shipped load() {
            String text;
            try (InputStream in = SettingsFile.class.getResourceAsStream(SHIPPED)) {
                if (in == null) {
                    throw new IllegalStateException(SHIPPED + " is not packed into the config module; build it again");
                }
                text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Faults faults = new Faults();
            YamlNode.Mapping tree = YamlTree.parse(SHIPPED, text, faults);
            if (!faults.isEmpty()) {
                throw faults.exception();
            }
            return new Shipped(text, tree);
        }
    }

    /**
     * Reads a file. What it leaves out is taken from the shipped {@code gateway.yaml}; an empty file is all defaults.
     *
     * @param environment what <code>${NAME}</code> in the file refers to
     * @throws SettingsException with every fault that was found, if there is any
     */
    public static Settings load(Path file, Map<String, String> environment) {
        String name = file.toString();
        Faults faults = new Faults();
        String yaml = text(file, new Place(name, 0), faults);
        YamlNode.Mapping given = faults.isEmpty() ? YamlTree.parse(name, yaml, faults) : empty(name);
        if (!faults.isEmpty() && given.values().isEmpty()) {
            throw faults.exception();
        }
        return read(given, environment, faults);
    }

    /** The commented file whose values are the defaults, as it is packed into this module. */
    public static String shippedText() {
        return DEFAULTS.text();
    }

    /** What an empty file means in this environment. */
    public static Settings shipped(Map<String, String> environment) {
        return read(empty(SHIPPED), environment, new Faults());
    }

    private static YamlNode.Mapping empty(String name) {
        return new YamlNode.Mapping(new Place(name, 1));
    }

    private static Settings read(YamlNode.Mapping given, Map<String, String> environment, Faults faults) {
        Section root = new Section("", given, DEFAULTS.tree(), environment, faults);
        Settings settings = new SettingsReader(root).read();
        if (!faults.isEmpty()) {
            throw faults.exception();
        }
        return settings;
    }

    private static String text(Path file, Place place, Faults faults) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException e) {
            faults.add(place, "", "does not exist; write the path of a settings file, or copy config/gateway.yaml");
            return "";
        } catch (AccessDeniedException e) {
            faults.add(place, "", "may not be read by this user; give it the right to read the file");
            return "";
        } catch (IOException e) {
            String why = Files.isDirectory(file) ? "is a directory" : "cannot be read";
            faults.add(place, "", why + "; write the path of a settings file such as config/gateway.yaml");
            return "";
        }
        if (bytes.length > LARGEST) {
            faults.add(
                    place, "", "is larger than 1 MiB; write the path of a settings file such as config/gateway.yaml");
            return "";
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return printable(text.startsWith("\uFEFF") ? text.substring(1) : text, place.file(), faults);
        } catch (CharacterCodingException e) {
            faults.add(place, "", "is not UTF-8; save it with the encoding UTF-8");
            return "";
        }
    }

    /** YAML has no control characters; its parser would only say at which byte. */
    private static String printable(String text, String file, Faults faults) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
                faults.add(
                        new Place(file, i + 1), "", "holds a control character; remove it, or save the file as text");
                return "";
            }
        }
        return text;
    }
}
