package io.erniegateway.connectors.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackAppTest {

    @Test
    void no_secret_is_printed() {
        assertThat(SlackApp.socket("ernie", "xoxb-s1", "xapp-s2").toString())
                .contains("ernie")
                .doesNotContain("s1", "s2");
        assertThat(SlackApp.http("ernie", "xoxb-s1", "s3cret").toString()).doesNotContain("s1", "s3cret");
    }

    @Test
    void the_base_may_have_any_path() {
        URI base = SlackApp.socket("ernie", "xoxb-1", "xapp-1")
                .at(URI.create("http://proxy:8080/slack/api"))
                .apiBase();
        assertThat(base).isEqualTo(URI.create("http://proxy:8080/slack/api/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "xoxb-a b", "xoxb-a\n", "xoxb-你好"})
    void a_token_that_was_copied_wrongly_is_refused_without_being_quoted(String token) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlackApp.socket("ernie", token, "xapp-1"))
                .withMessageContaining("bot token")
                .withMessageNotContaining("xoxb-");
    }

    @Test
    void swapped_tokens_are_noticed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlackApp.socket("ernie", "xapp-1-secret", "xapp-1"))
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SlackApp.socket("ernie", "xoxb-1", "xoxb-secret"))
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a b", "你好", "{x}"})
    void a_name_that_cannot_stand_in_a_path_is_refused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> SlackApp.socket(name, "xoxb-1", "xapp-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"slack.com/api", "ftp://slack.com/", "/api", "https://me:secret@slack.com/api/"})
    void an_address_that_is_none_is_refused(String base) {
        SlackApp app = SlackApp.socket("ernie", "xoxb-1", "xapp-1");
        assertThatIllegalArgumentException().isThrownBy(() -> app.at(URI.create(base)));
    }

    @Test
    void streams_are_on_unless_they_are_switched_off() {
        SlackApp app = SlackApp.http("ernie", "xoxb-1", "secret");
        assertThat(app.streams()).isTrue();
        SlackApp off = app.withoutStreams().at(URI.create("http://proxy/")).withoutThreadsInDirectMessages();
        assertThat(off.streams()).isFalse();
        assertThat(off.threadsInDirectMessages()).isFalse();
        assertThat(app.withoutThreadsInDirectMessages()
                        .at(URI.create("http://proxy/"))
                        .streams())
                .isTrue();
    }
}
