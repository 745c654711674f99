package io.erniegateway.connectors.simulated.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.erniegateway.connectors.simulated.SimulatedChats.Seen;
import io.erniegateway.connectors.slack.SlackApp;
import io.erniegateway.connectors.slack.SlackConnector;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A simulated workspace and an app in it, over either wire, for what must hold over both. */
public sealed interface SlackScene extends AutoCloseable {

    /** How the app reaches the Web API. */
    enum Wire {
        HTTP,
        IN_PROCESS
    }

    /** Slack's own times, but for minutes of 60 milliseconds: for tests that are not about rate limits. */
    SlackTimes HURRIED = new SlackTimes(
            SlackTimes.real().ackWithin(),
            SlackTimes.real().retries(),
            Duration.ofMillis(60),
            SlackTimes.real().statusLasts(),
            SlackTimes.real().warning(),
            SlackTimes.real().ticket(),
            SlackTimes.real().streamLasts(),
            SlackTimes.real().streamIdles(),
            SlackTimes.real().sessionLasts());

    static SlackScene over(Wire wire, SlackTimes times) {
        return switch (wire) {
            case HTTP ->
                new OverHttp(new SlackSimulator(SlackSimulator.Setup.usual().with(times)));
            case IN_PROCESS -> {
                TurnedTime time = new TurnedTime();
                yield new InProcess(new SlackInProcess(time, Duration.ofMillis(20), times), time);
            }
        };
    }

    static SlackScene over(Wire wire) {
        return over(wire, SlackTimes.real());
    }

    SlackApp app();

    SlackConnector connector(SlackApp app);

    default SlackConnector connector() {
        return connector(app());
    }

    OkHttpClient client();

    String direct();

    String channel();

    String person();

    String ask(String room);

    void stop(String room, String thread);

    void delete(String room, String message);

    void failNext(String method, SlackFault fault);

    void allow(String method, int perMinute);

    CallCount calls(String method);

    List<Seen> messages(String room);

    boolean isBusy(String room, String thread);

    /** Time passes; over HTTP it does so by itself. */
    void pass(Duration time);

    @Override
    void close();

    /** A call by hand. */
    default JsonNode call(String method, Map<String, String> arguments) {
        FormBody.Builder form = new FormBody.Builder();
        arguments.forEach(form::add);
        Request request = new Request.Builder()
                .url(app().apiBase() + method)
                .header("Authorization", "Bearer " + app().botToken())
                .post(form.build())
                .build();
        try (Response answer = client().newCall(request).execute()) {
            return new ObjectMapper().readTree(answer.body().string());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The error of a call, empty if it went well. */
    default String error(String method, Map<String, String> arguments) {
        return call(method, arguments).path("error").asText();
    }

    /** The bot's messages in a room. */
    default List<Seen> bot(String room) {
        return messages(room).stream().filter(Seen::fromBot).toList();
    }

    /** How the stream of a message stands. */
    default String state(String room, String ts) {
        JsonNode thread = call("conversations.replies", Map.of("channel", room, "ts", ts));
        return thread.path("messages").path(0).path("streaming_state").asText();
    }

    record OverHttp(SlackSimulator slack, OkHttpClient client) implements SlackScene {
        OverHttp(SlackSimulator slack) {
            this(slack, new OkHttpClient());
        }

        @Override
        public SlackApp app() {
            return SlackApp.socket(
                            "ernie", slack.setup().botToken(), slack.setup().appToken())
                    .at(slack.apiBase());
        }

        @Override
        public SlackConnector connector(SlackApp app) {
            return new SlackConnector(app);
        }

        @Override
        public String direct() {
            return SlackSimulator.DIRECT;
        }

        @Override
        public String channel() {
            return SlackSimulator.CHANNEL;
        }

        @Override
        public String person() {
            return SlackSimulator.ALICE;
        }

        @Override
        public String ask(String room) {
            return slack.say(room, "", person(), "question");
        }

        @Override
        public void stop(String room, String thread) {
            slack.stop(room, thread, person());
        }

        @Override
        public void delete(String room, String message) {
            slack.delete(room, message);
        }

        @Override
        public void failNext(String method, SlackFault fault) {
            slack.failNext(method, fault);
        }

        @Override
        public void allow(String method, int perMinute) {
            slack.allow(method, perMinute);
        }

        @Override
        public CallCount calls(String method) {
            return slack.calls(method);
        }

        @Override
        public List<Seen> messages(String room) {
            return slack.messages(room);
        }

        @Override
        public boolean isBusy(String room, String thread) {
            return slack.isBusy(room, thread);
        }

        @Override
        public void pass(Duration time) {}

        @Override
        public void close() {
            slack.close();
            client.dispatcher().executorService().shutdown();
        }
    }

    record InProcess(
            SlackInProcess slack, TurnedTime time, OkHttpClient client, String person, String direct, String channel)
            implements SlackScene {

        InProcess(SlackInProcess slack, TurnedTime time) {
            this(slack, time, slack.person());
        }

        private InProcess(SlackInProcess slack, TurnedTime time, String person) {
            this(
                    slack,
                    time,
                    new OkHttpClient.Builder().addInterceptor(slack.wire()).build(),
                    person,
                    slack.directMessage(person),
                    slack.channel(Set.of(person)));
        }

        @Override
        public SlackApp app() {
            return SlackApp.socket(
                            "ernie", slack.setup().botToken(), slack.setup().appToken())
                    .at(slack.apiBase());
        }

        @Override
        public SlackConnector connector(SlackApp app) {
            return new SlackConnector(app, slack.wire());
        }

        @Override
        public String ask(String room) {
            return slack.ask(room, person, "question");
        }

        @Override
        public void stop(String room, String thread) {
            slack.stop(room, thread, person);
        }

        @Override
        public void delete(String room, String message) {
            slack.delete(room, message);
        }

        @Override
        public void failNext(String method, SlackFault fault) {
            slack.failNext(method, fault);
        }

        @Override
        public void allow(String method, int perMinute) {
            slack.allow(method, perMinute);
        }

        @Override
        public CallCount calls(String method) {
            return slack.calls(method);
        }

        @Override
        public List<Seen> messages(String room) {
            return slack.messages(room);
        }

        @Override
        public boolean isBusy(String room, String thread) {
            return slack.isBusy(room, thread);
        }

        @Override
        public void pass(Duration span) {
            time.sleep(span);
        }

        @Override
        public void close() {}
    }
}
