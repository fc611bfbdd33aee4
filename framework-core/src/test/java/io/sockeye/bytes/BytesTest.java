package io.sockeye.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {
    private static final Bytes HELLO = Bytes.ofUtf8("hello");

    @Test
    void copiesTheArrayItIsGiven() {
        byte[] source = {1, 2};
        Bytes bytes = Bytes.copyOf(source);
        source[0] = 9;
        assertThat(bytes.toByteArray()).containsExactly(1, 2);
    }

    @Test
    void givesCopiesAway() {
        HELLO.toByteArray()[0] = 'j';
        assertThat(HELLO.utf8()).isEqualTo("hello");
    }

    @Test
    void copiesTheRemainingBytesOfAnyBuffer() {
        ByteBuffer direct = ByteBuffer.allocateDirect(6).put(new byte[] {0, 1, 2, 3, 4, 5});
        direct.position(2).limit(5);
        assertThat(Bytes.copyOf(direct).toByteArray()).containsExactly(2, 3, 4);
        assertThat(direct.position()).isEqualTo(2);
    }

    @Test
    void slicesAreEqualByContent() {
        Bytes slice = Bytes.ofUtf8("say hello!").slice(4, 9);
        assertThat(slice).isEqualTo(HELLO).hasSameHashCodeAs(HELLO).isNotEqualTo(Bytes.ofUtf8("hallo"));
        assertThat(HELLO.slice(5)).isSameAs(Bytes.EMPTY);
        assertThat(HELLO.slice(0)).isSameAs(HELLO);
        assertThat(slice.at(0)).isEqualTo((byte) 'h');
    }

    @Test
    void staysWithinItsSlice() {
        Bytes slice = Bytes.wrap(new byte[] {1, 2, 3, 4}, 1, 2);
        assertThat(slice.indexOf((byte) 3, 0)).isEqualTo(1);
        assertThat(slice.indexOf((byte) 4, 0)).isEqualTo(-1);
        assertThat(slice.indexOf((byte) 1, 0)).isEqualTo(-1);
        assertThat(slice.indexOf((byte) 2, 2)).isEqualTo(-1);
        assertThatThrownBy(() -> slice.at(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.slice(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Bytes.wrap(new byte[2], 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void writesItselfInOneCall() {
        var out = new ByteArrayOutputStream();
        HELLO.slice(1, 3).writeTo(out::write);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("el");
        byte[] target = new byte[4];
        HELLO.slice(1, 3).copyTo(target, 2);
        assertThat(target).containsExactly(0, 0, 'e', 'l');
    }

    @Test
    void viewsAreReadOnly() {
        ByteBuffer view = HELLO.slice(1).asByteBuffer();
        assertThat(view.remaining()).isEqualTo(4);
        assertThat(view.get(0)).isEqualTo((byte) 'e');
        assertThatThrownBy(() -> view.put(0, (byte) 0)).isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void showsItsLengthAndItsBeginning() {
        assertThat(Bytes.wrap(new byte[] {'a', 0, -1})).hasToString("3 bytes: a\\x00\\xff");
        assertThat(Bytes.ofUtf8("x".repeat(100)).toString())
                .startsWith("100 bytes: xxx")
                .endsWith("x…")
                .hasSizeLessThan(60);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "eight by",
                "nine byte",
                "é",
                "€",
                "😀",
                "12345678é",
                "\u0000\u007f\u0080\u07ff\u0800\uffff"
            })
    void acceptsWhatJavaEncodes(String text) {
        assertThat(Bytes.ofUtf8(text).isUtf8()).isTrue();
        assertThat(Bytes.ofUtf8(text).utf8()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c080",
                "c1bf",
                "c2",
                "c220",
                "e08080",
                "e09fbf",
                "e282",
                "eda080",
                "edbfbf",
                "f0808080",
                "f08fbfbf",
                "f0908080f4",
                "f4908080",
                "f5808080",
                "fe",
                "ff",
                "e28228",
                "f09f98",
                "3132333435363738ff"
            })
    void refusesMalformedUtf8(String hex) {
        assertThat(Bytes.wrap(HexFormat.of().parseHex(hex)).isUtf8()).isFalse();
    }

    @Test
    void agreesWithTheJdkOnEverySequenceOfTwoBytesAndOnRandomOnes() {
        var random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            byte[] sample = i < 65_536 ? new byte[] {(byte) (i >> 8), (byte) i} : new byte[random.nextInt(6)];
            if (i >= 65_536) {
                random.nextBytes(sample);
                if (sample.length > 0) {
                    sample[0] |= (byte) 0xC0;
                }
            }
            if (Bytes.wrap(sample).isUtf8() != jdkAccepts(sample)) {
                fail(HexFormat.of().formatHex(sample));
            }
        }
    }

    private static boolean jdkAccepts(byte[] sample) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(sample));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
