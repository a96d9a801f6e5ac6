/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.electronspring.chat;

import java.util.List;
import java.util.stream.Collectors;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form of a typed answer. The service answers with JSON objects only, so a schema of
 * anything else is wrapped into one of an object, and the answer is unwrapped.
 *
 * @author The Electron Spring authors
 */
final class StructuredOutput {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

	private static final String DEFINITIONS = "$defs";

	private static final String FENCE = "```";

	private final Schema schema;

	private final String requestSchema;

	private final @Nullable String wrapper;

	private StructuredOutput(Schema schema, String requestSchema, @Nullable String wrapper) {
		this.schema = schema;
		this.requestSchema = requestSchema;
		this.wrapper = wrapper;
	}

	/**
	 * Create a form from a JSON Schema.
	 * @param schema the schema as text
	 * @return the form
	 * @throws IllegalArgumentException if the text is not a JSON object
	 */
	static StructuredOutput of(String schema) {
		ObjectNode node = parse(schema);
		String wrapper = isObject(node) ? null : ("array".equals(node.path("type").asString("")) ? "items" : "value");
		ObjectNode request = (wrapper != null) ? wrap(node, wrapper) : node.deepCopy();
		// Known to the model, and paid for in every request
		request.remove("$schema");
		return new StructuredOutput(SCHEMAS.getSchema(node), request.toString(), wrapper);
	}

	private static ObjectNode parse(String schema) {
		try {
			if (MAPPER.readTree(schema) instanceof ObjectNode node) {
				return node;
			}
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The option 'outputSchema' is not JSON", ex);
		}
		throw new IllegalArgumentException("The option 'outputSchema' is not a JSON object");
	}

	private static boolean isObject(JsonNode schema) {
		String reference = schema.path("$ref").asString("");
		String definitions = "#/" + DEFINITIONS + "/";
		if (reference.startsWith(definitions)) {
			return isObject(schema.path(DEFINITIONS).path(reference.substring(definitions.length())));
		}
		return schema.has("properties") || "object".equals(schema.path("type").asString(""));
	}

	private static ObjectNode wrap(ObjectNode schema, String name) {
		ObjectNode inner = schema.deepCopy();
		ObjectNode outer = MAPPER.createObjectNode();
		inner.remove("$schema");
		moveReferences(inner, "#/properties/" + name);
		JsonNode definitions = inner.remove(DEFINITIONS);
		if (definitions != null) {
			outer.set(DEFINITIONS, definitions);
		}
		outer.put("type", "object");
		outer.putObject("properties").set(name, inner);
		outer.putArray("required").add(name);
		outer.put("additionalProperties", false);
		return outer;
	}

	// References to the root and below it follow it to its new place
	private static void moveReferences(JsonNode node, String root) {
		if (node instanceof ObjectNode object && object.path("$ref").isString()) {
			String reference = object.path("$ref").asString();
			if (reference.startsWith("#") && !reference.startsWith("#/" + DEFINITIONS)) {
				object.put("$ref", root + reference.substring(1));
			}
		}
		node.forEach((child) -> moveReferences(child, root));
	}

	/**
	 * Return the schema that goes into the request.
	 * @return the schema of an object as text
	 */
	String requestSchema() {
		return this.requestSchema;
	}

	/**
	 * Return whether answers are wrapped, so that their text cannot be handed on as it
	 * comes.
	 * @return whether they are
	 */
	boolean isWrapped() {
		return this.wrapper != null;
	}

	/**
	 * Read an answer.
	 * @param text what the model said
	 * @return the answer as JSON text of the caller's schema, and what is wrong with it
	 */
	Answer read(String text) {
		String json = withoutFence(text);
		if (json.isEmpty()) {
			return new Answer(text, "the answer is empty");
		}
		try {
			JsonNode root = MAPPER.readTree(json);
			JsonNode node = unwrap(root);
			String problem = problem(node);
			return new Answer((node != root) ? node.toString() : json, problem);
		}
		catch (JacksonException ex) {
			return new Answer(json, "it is not JSON: " + ex.getOriginalMessage());
		}
	}

	private JsonNode unwrap(JsonNode root) {
		if (this.wrapper != null && root.isObject() && root.has(this.wrapper)) {
			return root.path(this.wrapper);
		}
		return root;
	}

	private @Nullable String problem(JsonNode node) {
		List<Error> errors = this.schema.validate(node);
		return errors.isEmpty() ? null : errors.stream().map(Error::toString).collect(Collectors.joining("; "));
	}

	private static String withoutFence(String text) {
		String json = text.trim();
		if (!json.startsWith(FENCE)) {
			return json;
		}
		int start = json.indexOf('\n');
		int end = json.lastIndexOf(FENCE);
		return (start > 0 && end > start) ? json.substring(start, end).trim() : json;
	}

	/**
	 * An answer that has been read.
	 *
	 * @param text the answer as JSON text of the caller's schema, or as it came if it is
	 * not JSON
	 * @param problem what is wrong with it, or {@code null} if it fits
	 */
	record Answer(String text, @Nullable String problem) {

	}

}
