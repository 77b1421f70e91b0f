package io.headrace.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.headrace.engine.StoreException;
import io.headrace.language.PipelineProblem;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import io.headrace.language.PlanTerms;
import java.util.List;
import java.util.Map;

/** Writes plans, events and problems as JSON, and reads them. Any number of threads may use it. */
final class Json {

    private static final TypeReference<List<PipelineProblem>> PROBLEMS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    // What a newer version added is passed over, so that a server can read what its successor
    // wrote after it was set back.
    private final ObjectMapper mapper =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new StoreException("Cannot write " + value.getClass().getSimpleName(), e);
        }
    }

    Plan plan(String json) {
        return read(json, new TypeReference<Plan>() {});
    }

    PlanTerms.RetryPolicy retryPolicy(String json) {
        return read(json, new TypeReference<PlanTerms.RetryPolicy>() {});
    }

    PlanEvent event(String json) {
        return read(json, new TypeReference<PlanEvent>() {});
    }

    List<PipelineProblem> problems(String json) {
        return json.equals("[]") ? List.of() : read(json, PROBLEMS);
    }

    Map<String, String> texts(String json) {
        return json.equals("{}") ? Map.of() : read(json, TEXTS);
    }

    private <T> T read(String json, TypeReference<T> type) {
        try {
            return mapper.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new StoreException("Cannot read a " + type.getType() + " from the database", e);
        }
    }
}
