package io.erniegateway.gateway.simulation;

import io.erniegateway.connectors.ChatId;
import io.erniegateway.connectors.Connector;
import io.erniegateway.connectors.Person;
import io.erniegateway.connectors.simulated.slack.CallCount;
import io.erniegateway.connectors.simulated.slack.SlackInProcess;
import io.erniegateway.connectors.slack.SlackApp;
import io.erniegateway.connectors.slack.SlackConnector;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A run on the simulated Slack, 50 ms away. */
final class SlackRun extends Run {
    static final Duration ONE_WAY = Duration.ofMillis(50);

    private static final List<String> METHODS = List.of(
            "chat.postMessage",
            "chat.update",
            "chat.startStream",
            "chat.appendStream",
            "chat.stopStream",
            "conversations.replies",
            "assistant.threads.setStatus");

    final SlackInProcess slack = new SlackInProcess(clock, ONE_WAY);
    private final SlackConnector connector;
    private final Map<Integer, ChatId> chats = new HashMap<>();

    SlackRun() {
        slack.addReader(timeline::saw);
        this.connector = new SlackConnector(
                SlackApp.socket("bot", slack.setup().botToken(), slack.setup().appToken())
                        .at(slack.apiBase()),
                slack.wire());
    }

    @Override
    Connector connector() {
        return connector;
    }

    @Override
    ChatId chat(int room) {
        return chats.computeIfAbsent(room, number -> {
            String person = slack.person();
            String direct = slack.directMessage(person);
            ChatId chat = new ChatId("bot", direct, slack.ask(direct, person, "a question"), false);
            connector.asked(chat, new Person(person, "", ""), SlackInProcess.TEAM);
            return chat;
        });
    }

    @Override
    long admitted() {
        return METHODS.stream().map(slack::calls).mapToLong(CallCount::admitted).sum();
    }

    @Override
    long refused() {
        return METHODS.stream().map(slack::calls).mapToLong(CallCount::refused).sum();
    }
}
