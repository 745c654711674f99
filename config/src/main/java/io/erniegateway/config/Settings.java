package io.erniegateway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything an operator may set. The fields' defaults stand in {@code config/gateway.yaml}.
 *
 * @param models what answers questions, by the name that bots refer to; in the order of the file
 * @param telegram any number of Telegram bots
 * @param slack any number of Slack apps
 */
public record Settings(
        Server server,
        Store store,
        Map<String, Model> models,
        Conversation conversation,
        Delivery delivery,
        Web web,
        List<Telegram> telegram,
        List<Slack> slack) {

    public Settings {
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
        telegram = List.copyOf(telegram);
        slack = List.copyOf(slack);
    }

    /**
     * The model that a bot refers to.
     *
     * @throws IllegalArgumentException if there is none of that name; a loaded file has no such bot
     */
    public Model model(String name) {
        Model model = models.get(name);
        if (model == null) {
            throw new IllegalArgumentException("no model is named " + name);
        }
        return model;
    }

    /** What an empty file in an empty environment means: no keys, every bot off, the web page on. */
    public static Settings defaults() {
        return SettingsFile.shipped(Map.of());
    }
}
