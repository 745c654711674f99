package io.erniegateway.connectors.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventStreamTest {

    @ParameterizedTest
    @CsvSource({"abc,abd,2", "'',abc,0", "abc,abc,3", "abc,ab,2", "x😀,x😁,1", "x😀,x😀y,3"})
    void the_common_start_never_ends_inside_a_character(String a, String b, int units) {
        assertThat(EventStream.commonStart(a, b)).isEqualTo(units);
    }
}
