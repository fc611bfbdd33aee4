package io.sockeye.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockeye.bytes.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonArrayAppendTest {
    private static final Bytes DATA = Bytes.ofUtf8("data");

    private final Json json = Json.standard();

    @Test
    void oneMoreElementIsAString() {
        var longer = json.array("news", 1, null).append("offset");
        assertThat(longer.raw().utf8()).isEqualTo("[\"news\",1,null,\"offset\"]");
        assertThat(longer.size()).isEqualTo(4);
        assertThat(longer.stringAt(3)).isEqualTo("offset");
        assertThat(longer.get(1, int.class)).isEqualTo(1);
    }

    @Test
    void anEmptyArrayGetsItsFirstElement() {
        assertThat(json.array().append("a").raw().utf8()).isEqualTo("[\"a\"]");
        assertThat(read(" [ ] ").append("a").size()).isEqualTo(1);
    }

    @Test
    void theArrayItselfStaysAsItWas() {
        var array = json.array("news");
        array.append("a");
        assertThat(array.raw().utf8()).isEqualTo("[\"news\"]");
        assertThat(array.append("b").append("c").raw().utf8()).isEqualTo("[\"news\",\"b\",\"c\"]");
    }

    @Test
    void blanksAndBracketsAreLeftAlone() {
        assertThat(read("[ 1 , \"]\" ]\r\n ").append("x").get(1, String.class)).isEqualTo("]");
        assertThat(read("[[],[[]]\t]").append("x").stringAt(2)).isEqualTo("x");
    }

    @Test
    void theStringIsEscaped() {
        var longer = json.array(1).append("\"\\\u0000é😀");
        assertThat(longer.stringAt(1)).isEqualTo("\"\\\u0000é😀");
    }

    @Test
    void attachmentsStayInTheirPlaces() {
        var longer = json.array("bytes", DATA.toByteArray(), new byte[] {1}).append("offset");
        assertThat(longer.raw().utf8())
                .isEqualTo(
                        "[\"bytes\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1},\"offset\"]");
        assertThat(longer.attachments()).containsExactly(DATA, Bytes.wrap(new byte[] {1}));
        assertThat(longer.get(1, byte[].class)).isEqualTo(DATA.toByteArray());
        assertThat(longer.get(2, byte[].class)).containsExactly(1);
    }

    @Test
    void aPartOfAnArrayIsAnArrayToo() {
        var longer = json.array("news", 1, DATA.toByteArray()).from(1).append("offset");
        assertThat(longer.raw().utf8()).isEqualTo("[1,{\"_placeholder\":true,\"num\":0},\"offset\"]");
        assertThat(longer.get(1, byte[].class)).isEqualTo(DATA.toByteArray());
        assertThat(json.array("news").from(1).append("offset").raw().utf8()).isEqualTo("[\"offset\"]");
    }

    private JsonArray read(String text) {
        return json.readArray(Bytes.ofUtf8(text), List.of());
    }
}
