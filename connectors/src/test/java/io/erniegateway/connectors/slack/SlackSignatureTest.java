package io.erniegateway.connectors.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackSignatureTest {
    private static final String SECRET = "not-a-real-secret";
    private static final String AT = "1763900000";
    private static final String GOOD = "v0=0285eda2ca5815d99e524a8a12100fc7185eb733bdad34af1e1d6fdde0d5d74c";
    private static final byte[] BODY =
            "payload=%7B%22type%22%3A%22block_actions%22%7D&x=%E4%BD%A0%E5%A5%BD".getBytes(UTF_8);

    private static SlackSignature at(long second) {
        return new SlackSignature(SECRET, Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC));
    }

    @Test
    void the_known_vector_is_accepted() {
        assertThat(at(1763900000).accepts(AT, GOOD, BODY)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"-301, false", "-300, true", "0, true", "300, true", "301, false", "86400, false"})
    void a_request_is_good_for_five_minutes_either_way(long age, boolean good) {
        assertThat(at(1763900000 + age).accepts(AT, GOOD, BODY)).isEqualTo(good);
    }

    @Test
    void a_body_changed_in_one_byte_is_refused() {
        byte[] tampered = BODY.clone();
        tampered[tampered.length - 1] ^= 1;
        assertThat(at(1763900000).accepts(AT, GOOD, tampered)).isFalse();
    }

    @Test
    void another_secret_another_time_or_no_header_is_refused() {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(1763900000), ZoneOffset.UTC);
        assertThat(new SlackSignature("another", clock).accepts(AT, GOOD, BODY)).isFalse();
        assertThat(at(1763900000).accepts("1763900001", GOOD, BODY)).isFalse();
        assertThat(at(1763900000).accepts(null, GOOD, BODY)).isFalse();
        assertThat(at(1763900000).accepts(AT, null, BODY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v0=", "v1=0285", "0285eda2", "v0=你好"})
    void what_is_no_signature_is_refused(String signature) {
        assertThat(at(1763900000).accepts(AT, signature, BODY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "-1763900000", "1763900000.5", "99999999999999999999"})
    void what_is_no_time_is_refused(String timestamp) {
        assertThat(at(1763900000).accepts(timestamp, GOOD, BODY)).isFalse();
    }
}
