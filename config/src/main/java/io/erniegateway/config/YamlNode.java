package io.erniegateway.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of a YAML file that knows where it stands. */
sealed interface YamlNode {
    Place place();

    /** What it is, in an operator's words. */
    String kind();

    /** A single value, as it is written. */
    record Scalar(Place place, String text) implements YamlNode {
        @Override
        public String kind() {
            return "a single value";
        }
    }

    /** A key with nothing behind it. */
    record Nothing(Place place) implements YamlNode {
        @Override
        public String kind() {
            return "nothing";
        }
    }

    record Sequence(Place place, List<YamlNode> items) implements YamlNode {
        Sequence(Place place) {
            this(place, new ArrayList<>());
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Its keys in the order of the file; {@code keys} tells where each one stands. */
    record Mapping(Place place, Map<String, YamlNode> values, Map<String, Place> keys) implements YamlNode {
        Mapping(Place place) {
            this(place, new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        /** What is written behind a key; null if the key is absent or has nothing behind it. */
        @Nullable
        YamlNode written(String key) {
            YamlNode value = values.get(key);
            return value instanceof Nothing ? null : value;
        }

        @Override
        public String kind() {
            return "a section with keys";
        }
    }
}
