package io.erniegateway.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * Turns YAML into nodes that know their line.
 *
 * <p>Jackson's tree model forgets the lines, so the tokens are put together here. Two things of YAML are refused:
 * aliases (a few lines of them unfold to gigabytes, and nobody needs them here) and deep nesting.
 */
final class YamlTree {
    /** The settings need 3 levels; more is a mistake, and far more would overflow the stack. */
    private static final int DEEPEST = 8;

    /** {@code key:} with nothing behind it is not the same as {@code key: ""}. */
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .build();

    private static final Pattern MARK = Pattern.compile("line ([0-9]{1,7}), column ");

    private final String file;
    private final Faults faults;
    private final YAMLParser parser;

    private YamlTree(String file, Faults faults, YAMLParser parser) {
        this.file = file;
        this.faults = faults;
        this.parser = parser;
    }

    /** Ends the reading after a fault that leaves nothing to go on with. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** The file's top section; empty if the file says nothing, or is broken (then there is a fault). */
    static YamlNode.Mapping parse(String file, String yaml, Faults faults) {
        YamlNode.Mapping empty = new YamlNode.Mapping(new Place(file, 1));
        try (YAMLParser parser = YAML.createParser(yaml)) {
            YamlTree tree = new YamlTree(file, faults, parser);
            if (parser.nextToken() == null) {
                return empty;
            }
            YamlNode root = tree.node("", 0, tree.place());
            if (parser.nextToken() != null) {
                faults.add(
                        tree.place(),
                        "",
                        "a second document begins here; keep one, and remove the line \"---\" before it");
            }
            return switch (root) {
                case YamlNode.Mapping mapping -> mapping;
                case YamlNode.Nothing _nothing -> empty;
                case YamlNode.Scalar other -> noSection(other, faults, empty);
                case YamlNode.Sequence other -> noSection(other, faults, empty);
            };
        } catch (Broken told) {
            return empty;
        } catch (JsonProcessingException e) {
            faults.add(new Place(file, lineOf(e)), "", "is not YAML: " + reason(e.getOriginalMessage()));
            return empty;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory does not fail", e);
        }
    }

    private static YamlNode.Mapping noSection(YamlNode root, Faults faults, YamlNode.Mapping empty) {
        faults.add(root.place(), "", "is " + root.kind() + "; write sections such as \"server:\" with keys below them");
        return empty;
    }

    /** The node the parser stands at. A section counts as standing where its key does. */
    private YamlNode node(String path, int depth, Place start) throws IOException, Broken {
        if (depth > DEEPEST) {
            throw broken(path, "is nested more than " + DEEPEST + " levels deep; no setting needs that");
        }
        if (parser.isCurrentAlias()) {
            throw broken(path, "is an alias (*name), which is not supported; write the value itself");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping(path, depth, start);
        }
        if (token == JsonToken.START_ARRAY) {
            return sequence(path, depth);
        }
        return token == JsonToken.VALUE_NULL
                ? new YamlNode.Nothing(place())
                : new YamlNode.Scalar(place(), parser.getText());
    }

    private YamlNode mapping(String path, int depth, Place start) throws IOException, Broken {
        YamlNode.Mapping mapping = new YamlNode.Mapping(start);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            Place place = place();
            String keyPath = Section.join(path, key);
            parser.nextToken();
            YamlNode value = node(keyPath, depth + 1, place);
            Place first = mapping.keys().putIfAbsent(key, place);
            if (first == null) {
                mapping.values().put(key, value);
            } else {
                faults.add(place, keyPath, "is written twice, first in line " + first.line() + "; remove one of them");
            }
        }
        return mapping;
    }

    private YamlNode sequence(String path, int depth) throws IOException, Broken {
        YamlNode.Sequence sequence = new YamlNode.Sequence(place());
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            sequence.items().add(node(path + "[" + sequence.items().size() + "]", depth + 1, place()));
        }
        return sequence;
    }

    private Place place() {
        return new Place(file, parser.currentTokenLocation().getLineNr());
    }

    private Broken broken(String path, String what) {
        faults.add(place(), path, what);
        return new Broken();
    }

    /** Of context and problem, which both have a line in the message, the problem comes last. */
    private static int lineOf(JsonProcessingException e) {
        return MARK.matcher(e.getOriginalMessage())
                .results()
                .mapToInt(mark -> Integer.parseInt(mark.group(1)))
                .reduce(0, (_context, problem) -> problem);
    }

    /**
     * The parser's sentence without the piece of the file it quotes, which may be a secret: of context, problem and
     * snippets, the problem is the last line that is not indented.
     */
    private static String reason(String message) {
        String reason = message.lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .reduce("", (_earlier, later) -> later);
        return reason + "; check the indentation, and put texts with special characters in quotes";
    }
}
