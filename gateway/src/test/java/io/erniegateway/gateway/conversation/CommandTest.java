package io.erniegateway.gateway.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.connectors.Person;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {

    @ParameterizedTest
    @CsvSource({
        "/start, START",
        "/start deep-link, START",
        "/HELP, HELP",
        "' /new\n', NEW",
        "/stop now, STOP",
        "/retry, RETRY",
        "/unknown,",
        "/newer,",
        "stop,",
        "/,",
        "what is /new?,"
    })
    void a_text_that_begins_with_a_command_is_one(String text, Command command) {
        assertThat(Command.in(text).orElse(null)).isEqualTo(command);
    }

    @ParameterizedTest
    @CsvSource({
        "你好, en, CHINESE",
        "hello, zh-hans, ENGLISH",
        "/help, zh-hans, CHINESE",
        "/help, '', ENGLISH",
        "'', zh, CHINESE",
        "Wie geht es?, de, ENGLISH",
        "请解释 HTTP, en, CHINESE"
    })
    void the_gateway_speaks_as_the_person_does(String text, String language, Tongue tongue) {
        assertThat(Tongue.of(new Person("1", "", language), text)).isEqualTo(tongue);
    }
}
