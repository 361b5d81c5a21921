package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ \"b\" : 1, \"a\" : [ 1 , 2 ] } | {\"a\":[1,2],\"b\":1}",
                "{\"x\":{\"z\":1,\"y\":{\"b\":null,\"a\":true}}} | {\"x\":{\"y\":{\"a\":true,\"b\":null},\"z\":1}}",
                "[{\"b\":1,\"a\":2},{}] | [{\"a\":2,\"b\":1},{}]",
                "{\"\\u00e9\":1,\"Z\":2,\"a\":3,\"\\u20ac\":4} | {\"Z\":2,\"a\":3,\"é\":1,\"€\":4}",
                "\"\\u0041\\/\\n\\u001f\" | \"A/\\n\\u001F\"",
                "1.50 | 1.50",
                "12345678901234567890 | 12345678901234567890",
                "1e3 | 1000",
                "null | null",
            })
    void writesAValueInOneWayOnly(String json, String canonical) {
        assertThat(CanonicalJson.write(CanonicalJson.read(json))).isEqualTo(canonical);
        assertThat(CanonicalJson.write(CanonicalJson.read(canonical))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{\"a\":1} x", "{a:1}", "", "{"})
    void refusesWhatCouldBeReadInTwoWays(String json) {
        assertThatThrownBy(() -> CanonicalJson.read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not JSON");
    }

    @Test
    void theOrderOfAListMatters() {
        assertThat(CanonicalJson.write(CanonicalJson.read("[2,1]"))).isEqualTo("[2,1]");
    }
}
