package io.sockeye.json;

import io.sockeye.json.text.Placeholders;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.SerializableString;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.JsonParserDelegate;

/** Reads a value's JSON, with the attachment, as a binary value, in place of each placeholder. */
final class AttachmentParser extends JsonParserDelegate {
    private final JsonValue value;

    /** The first placeholder that the parser has not passed. */
    private int upcoming;

    /** The placeholder that is the current token; -1 when there is none. */
    private int current = -1;

    AttachmentParser(JsonParser source, JsonValue value) {
        super(source);
        this.value = value;
    }

    @Override
    public @Nullable JsonToken nextToken() {
        current = -1;
        JsonToken token = delegate.nextToken();
        if (token != JsonToken.START_OBJECT) {
            return token;
        }
        Placeholders placeholders = value.placeholders();
        long offset = delegate.currentTokenLocation().getByteOffset();
        while (upcoming < placeholders.count() && placeholders.start(upcoming) < offset) {
            upcoming++;
        }
        if (upcoming == placeholders.count() || placeholders.start(upcoming) > offset) {
            return token;
        }
        delegate.skipChildren();
        current = upcoming++;
        return JsonToken.VALUE_EMBEDDED_OBJECT;
    }

    @Override
    public @Nullable JsonToken nextValue() {
        JsonToken token = nextToken();
        return token == JsonToken.PROPERTY_NAME ? nextToken() : token;
    }

    @Override
    public @Nullable String nextName() {
        return nextToken() == JsonToken.PROPERTY_NAME ? delegate.currentName() : null;
    }

    @Override
    public boolean nextName(SerializableString name) {
        return name.getValue().equals(nextName());
    }

    @Override
    public int nextNameMatch(PropertyNameMatcher matcher) {
        String name = nextName();
        if (name != null) {
            return matcher.matchName(name);
        }
        return hasToken(JsonToken.END_OBJECT)
                ? PropertyNameMatcher.MATCH_END_OBJECT
                : PropertyNameMatcher.MATCH_ODD_TOKEN;
    }

    @Override
    public JsonParser skipChildren() {
        if (current < 0) {
            delegate.skipChildren();
        }
        return this;
    }

    @Override
    public @Nullable JsonToken currentToken() {
        return current < 0 ? delegate.currentToken() : JsonToken.VALUE_EMBEDDED_OBJECT;
    }

    @Override
    public int currentTokenId() {
        return current < 0 ? delegate.currentTokenId() : JsonToken.VALUE_EMBEDDED_OBJECT.id();
    }

    @Override
    public boolean hasTokenId(int id) {
        return currentTokenId() == id;
    }

    @Override
    public boolean hasToken(JsonToken token) {
        return currentToken() == token;
    }

    @Override
    public void clearCurrentToken() {
        current = -1;
        delegate.clearCurrentToken();
    }

    @Override
    public @Nullable String getString() {
        return current < 0 ? delegate.getString() : null;
    }

    @Override
    public @Nullable String getValueAsString() {
        return current < 0 ? delegate.getValueAsString() : null;
    }

    @Override
    public @Nullable String getValueAsString(@Nullable String otherwise) {
        return current < 0 ? delegate.getValueAsString(otherwise) : otherwise;
    }

    @Override
    public @Nullable Object getEmbeddedObject() {
        return current < 0 ? delegate.getEmbeddedObject() : attachment();
    }

    @Override
    public byte[] getBinaryValue(Base64Variant variant) {
        return current < 0 ? delegate.getBinaryValue(variant) : attachment();
    }

    @Override
    public int readBinaryValue(Base64Variant variant, OutputStream out) {
        byte[] data = getBinaryValue(variant);
        try {
            out.write(data);
        } catch (IOException e) {
            throw JacksonIOException.construct(e, this);
        }
        return data.length;
    }

    private byte[] attachment() {
        return value.attachment(current).toByteArray();
    }
}
