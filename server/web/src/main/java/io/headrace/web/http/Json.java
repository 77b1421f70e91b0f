package io.headrace.web.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and writes JSON: times as RFC 3339, nulls omitted, unknown and repeated names refused.
 *
 * <p>Jersey's own module would bring XML binding and entity filtering along.
 */
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public final class Json implements MessageBodyReader<Object>, MessageBodyWriter<Object> {

    private static final Logger LOG = LoggerFactory.getLogger(Json.class);
    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .addModule(new SimpleModule().addSerializer(new Times()))
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
                    // In lists and maps: what copies them can't hold it either.
                    .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
                    .defaultPropertyInclusion(JsonInclude.Value.ALL_NON_NULL)
                    .build();

    /** Writes times to the microsecond, which is what the database keeps. */
    private static final class Times extends StdScalarSerializer<Instant> {

        private static final long serialVersionUID = 1L;

        Times() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeString(time.truncatedTo(ChronoUnit.MICROS).toString());
        }
    }

    /** Returns {@code value} as JSON without line ends. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException("A view can't be written as JSON", e);
        }
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] on, MediaType media) {
        return isJson(media) && !isPlain(type);
    }

    @Override
    public @Nullable Object readFrom(
            Class<Object> type,
            Type generic,
            Annotation[] on,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream in)
            throws IOException {
        try (var parser = MAPPER.getFactory().createParser(in)) {
            return parser.nextToken() == null
                    ? null
                    : MAPPER.readValue(parser, MAPPER.constructType(generic));
        }
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] on, MediaType media) {
        return isJson(media) && !isPlain(type);
    }

    @Override
    public void writeTo(
            Object value,
            Class<?> type,
            Type generic,
            Annotation[] on,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        var bytes = MAPPER.writeValueAsBytes(value);
        headers.putSingle(HttpHeaders.CONTENT_LENGTH, bytes.length);
        try {
            out.write(bytes);
        } catch (ReaderGone e) {
            LOG.debug("A reader went away", e);
        }
    }

    private static boolean isJson(MediaType media) {
        return media.getSubtype().equals("json") || media.getSubtype().endsWith("+json");
    }

    private static boolean isPlain(Class<?> type) {
        return type == String.class
                || type == byte[].class
                || InputStream.class.isAssignableFrom(type)
                || jakarta.ws.rs.core.StreamingOutput.class.isAssignableFrom(type);
    }
}
