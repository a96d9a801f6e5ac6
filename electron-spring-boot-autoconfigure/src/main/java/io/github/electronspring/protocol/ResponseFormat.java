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

package io.github.electronspring.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The form of the answer. Immutable.
 *
 * @param type {@code text}, {@code json_object} or {@code json_schema}
 * @param jsonSchema the schema, for the type {@code json_schema} only
 * @author The Electron Spring authors
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResponseFormat(String type, @Nullable JsonSchemaFormat jsonSchema) {

	/**
	 * Plain text.
	 */
	public static final ResponseFormat TEXT = new ResponseFormat("text", null);

	/**
	 * Any JSON object.
	 */
	public static final ResponseFormat JSON_OBJECT = new ResponseFormat("json_object", null);

	/**
	 * Create a format of JSON that a schema describes. Electron has no such format: its
	 * dialect puts the schema into the prompt and asks for a JSON object.
	 * @param schema the JSON Schema as text
	 * @return the format
	 */
	public static ResponseFormat jsonSchema(String schema) {
		return new ResponseFormat("json_schema", new JsonSchemaFormat("response", schema, null));
	}

}
