package org.latchkey.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a Feature document (OSGi Compendium 159), as far as Latchkey uses them: bundles, and the extension
 * {@code framework-launching-properties} (Compendium 160). Comments are allowed, as there. A member that would have
 * no effect here is refused: a feature must not promise what does not happen.
 */
final class FeatureReader {

    static final String BOOTSTRAP = "latchkey.bootstrap";
    private static final String LAUNCHING_PROPERTIES = "framework-launching-properties";

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

    private final JsonParser json;
    private final List<Feature.Entry> bundles = new ArrayList<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private BundleId id;

    private FeatureReader(JsonParser json) {
        this.json = json;
    }

    /** Gives the feature of this file; a file that is none is refused with the place in it. */
    static Feature read(Path file) {
        try (JsonParser json = JSON.createParser(file.toFile())) {
            return new FeatureReader(json).feature();
        } catch (JsonProcessingException broken) {
            JsonLocation place = broken.getLocation();
            throw new StartRefused(
                    file + ", line " + place.getLineNr() + ", column " + place.getColumnNr() + ": "
                            + broken.getOriginalMessage(),
                    broken);
        } catch (IOException | IllegalArgumentException broken) {
            throw new StartRefused(file + ": " + broken.getMessage(), broken);
        }
    }

    private Feature feature() throws IOException {
        json.nextToken();
        expect(JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            member(json.currentName());
        }
        expect(JsonToken.END_OBJECT);
        if (id == null) {
            throw new JsonParseException(json, "the feature has no \"id\"");
        }
        return new Feature(id, bundles, properties);
    }

    private void member(String name) throws IOException {
        json.nextToken();
        switch (name) {
            case "id" -> id = BundleId.parse(text());
            case "feature-resource-version", "name", "description", "vendor", "license" -> text();
            case "bundles" -> bundles();
            case "extensions" -> extensions();
            default -> throw unknown(name);
        }
    }

    private void bundles() throws IOException {
        expect(JsonToken.START_ARRAY);
        while (json.nextToken() == JsonToken.START_OBJECT) {
            bundles.add(bundle());
        }
        expect(JsonToken.END_ARRAY);
    }

    private Feature.Entry bundle() throws IOException {
        String coordinates = "";
        boolean bootstrap = true;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> coordinates = text();
                case BOOTSTRAP -> bootstrap = json.getBooleanValue();
                default -> throw unknown(name);
            }
        }
        return new Feature.Entry(BundleId.parse(coordinates), bootstrap);
    }

    private void extensions() throws IOException {
        expect(JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            if (!LAUNCHING_PROPERTIES.equals(json.currentName())) {
                throw unknown(json.currentName());
            }
            json.nextToken();
            launchingProperties();
        }
    }

    private void launchingProperties() throws IOException {
        expect(JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "kind", "type" -> text();
                case "json" -> properties();
                default -> throw unknown(name);
            }
        }
    }

    private void properties() throws IOException {
        expect(JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (!json.nextToken().isScalarValue() || json.currentToken() == JsonToken.VALUE_NULL) {
                throw new JsonParseException(json, "\"" + name + "\" is not a string, number or boolean");
            }
            properties.put(name, json.getText());
        }
    }

    private String text() throws IOException {
        expect(JsonToken.VALUE_STRING);
        return json.getText();
    }

    private void expect(JsonToken wanted) throws IOException {
        if (json.currentToken() != wanted) {
            throw new JsonParseException(json, "expected " + wanted + ", found " + json.currentToken());
        }
    }

    private JsonParseException unknown(String name) {
        return new JsonParseException(json, "\"" + name + "\" has no meaning here");
    }
}
