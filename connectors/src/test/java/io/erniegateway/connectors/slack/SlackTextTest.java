package io.erniegateway.connectors.slack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"a &lt;b&gt; &amp;amp; c\"                   | \"a <b> &amp; c\"",
                "\"<@UBOT> hello\"                             | hello",
                "\"<@UBOT>: hello\"                            | hello",
                "\"<@UBOT>，你好\"                              | 你好",
                "\"<@UBOT>你好\"                                | 你好",
                "\"hey <@UBOT> hello\"                         | \"hey hello\"",
                "\"hey <@UBOT>, hello\"                        | \"hey , hello\"",
                "\"hello <@UBOT>\"                             | hello",
                "\"ask <@U2> or <@U3|carol>\"                  | \"ask @U2 or @carol\"",
                "\"see <#C1|general> and <#C2>\"               | \"see #general and #C2\"",
                "\"<!here> <!channel> <!subteam^S1|@devs>\"    | \"@here @channel @devs\"",
                "\"<!date^1392734382^{date}|Feb 18, 2014>\"    | \"Feb 18, 2014\"",
                "\"<https://a.b/c?d=1&amp;e=2>\"               | https://a.b/c?d=1&e=2",
                "\"<https://a.b/c|the page>\"                  | \"[the page](https://a.b/c)\"",
                "\"<http://example.com|example.com>\"          | example.com",
                "\"<mailto:a@b.c|a@b.c>\"                      | a@b.c",
                "\"1 &lt; 2 and 3 > 2\"                        | \"1 < 2 and 3 > 2\"",
                "\"&lt;@UBOT&gt; as text\"                     | \"<@UBOT> as text\"",
                "\"<>\"                                        | \"<>\"",
                "\"open <@UBOT\"                               | \"open <@UBOT\""
            })
    void the_text_is_what_was_typed(String mrkdwn, String typed) {
        assertThat(SlackText.typed(mrkdwn, "UBOT")).isEqualTo(typed);
    }

    @ParameterizedTest
    @CsvSource({
        "'!stop',        '/stop'",
        "'！stop',       '/stop'",
        "'!New',         '/new'",
        "'!new topic a', '/new topic a'",
        "'!retry ',      '/retry'",
        "'!important',   '!important'",
        "'stop',         'stop'",
        "'!',            '!'",
        "'! stop',       '! stop'",
        "'wow!stop',     'wow!stop'"
    })
    void an_exclamation_mark_calls_the_known_commands_only(String text, String command) {
        assertThat(SlackText.command(text)).isEqualTo(command);
    }
}
