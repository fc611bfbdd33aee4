package io.sockeye.json;

import io.sockeye.bytes.Bytes;
import io.sockeye.json.text.EscapedName;
import io.sockeye.json.text.JsonOutput;
import io.sockeye.json.text.Strings;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.util.JsonGeneratorDelegate;

/** Writes JSON in which a placeholder stands for each binary value; the bytes become attachments. */
final class AttachmentGenerator extends JsonGeneratorDelegate {
    private final Attachments attachments;

    /** The output that the target writes to. */
    private final JsonOutput output;

    AttachmentGenerator(JsonGenerator target, Attachments attachments, JsonOutput output) {
        super(target, false);
        this.attachments = attachments;
        this.output = output;
    }

    @Override
    public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
        return placeholder(Bytes.copyOf(ByteBuffer.wrap(data, offset, length)));
    }

    @Override
    public int writeBinary(Base64Variant variant, InputStream data, int length) {
        try {
            byte[] copy = length < 0 ? data.readAllBytes() : data.readNBytes(length);
            if (copy.length < length) {
                throw new JsonException("binary value: %d bytes of %d".formatted(copy.length, length));
            }
            placeholder(Bytes.wrap(copy));
            return copy.length;
        } catch (IOException e) {
            throw JacksonIOException.construct(e, this);
        }
    }

    @Override
    public JsonGenerator writeEmbeddedObject(@Nullable Object value) {
        if (value == null || !Attachments.knows(value)) {
            super.writeEmbeddedObject(value);
            return this;
        }
        return placeholder(value);
    }

    /** A lone surrogate is written as JSON's escape, since it has no form in UTF-8. */
    @Override
    public JsonGenerator writeString(@Nullable String text) {
        if (text != null && Strings.hasLoneSurrogate(text)) {
            delegate.writeRawValue(JsonOutput.quoted(text));
            return this;
        }
        delegate.writeString(text);
        return this;
    }

    @Override
    public JsonGenerator writeString(@Nullable SerializableString text) {
        if (text == null) {
            return writeString((String) null);
        }
        if (Strings.hasLoneSurrogate(text.getValue())) {
            return writeString(text.getValue());
        }
        delegate.writeString(text);
        return this;
    }

    @Override
    public JsonGenerator writeString(char[] text, int offset, int length) {
        return writeString(new String(text, offset, length));
    }

    @Override
    public JsonGenerator writeString(Reader reader, int length) {
        try {
            var text = new StringWriter();
            reader.transferTo(text);
            return writeString(text.toString());
        } catch (IOException e) {
            throw JacksonIOException.construct(e, this);
        }
    }

    @Override
    public JsonGenerator writeArray(String[] texts, int offset, int length) {
        delegate.writeStartArray(texts, length);
        for (int i = offset; i < offset + length; i++) {
            writeString(texts[i]);
        }
        delegate.writeEndArray();
        return this;
    }

    @Override
    public JsonGenerator writeName(String name) {
        if (Strings.hasLoneSurrogate(name)) {
            delegate.writeName(new EscapedName(name));
        } else {
            delegate.writeName(name);
        }
        return this;
    }

    @Override
    public JsonGenerator writeName(SerializableString name) {
        if (Strings.hasLoneSurrogate(name.getValue())) {
            delegate.writeName(new EscapedName(name.getValue()));
        } else {
            delegate.writeName(name);
        }
        return this;
    }

    /** NaN and the infinities have no form in JSON; as in JavaScript they become null. */
    @Override
    public JsonGenerator writeNumber(double number) {
        if (Double.isFinite(number)) {
            delegate.writeNumber(number);
        } else {
            delegate.writeNull();
        }
        return this;
    }

    @Override
    public JsonGenerator writeNumber(float number) {
        if (Float.isFinite(number)) {
            delegate.writeNumber(number);
        } else {
            delegate.writeNull();
        }
        return this;
    }

    @Override
    public JsonGenerator writeArray(double[] numbers, int offset, int length) {
        delegate.writeStartArray(numbers, length);
        for (int i = offset; i < offset + length; i++) {
            writeNumber(numbers[i]);
        }
        delegate.writeEndArray();
        return this;
    }

    private JsonGenerator placeholder(Object known) {
        var text = new JsonOutput();
        int first = attachments.count();
        attachments.addKnown(known, text);
        delegate.writeRawValue(text.toBytes().utf8());
        if (attachments.count() > first) {
            delegate.flush(); // Otherwise the output's length would not show where the placeholders are.
            attachments.move(first, output.length() - text.length());
        }
        return this;
    }
}
