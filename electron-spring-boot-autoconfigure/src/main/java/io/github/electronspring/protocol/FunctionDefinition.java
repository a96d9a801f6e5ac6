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
import com.fasterxml.jackson.annotation.JsonRawValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * The function of a {@link ToolDefinition}. Its schema is kept as text and goes out byte
 * for byte, because tool definitions are part of the cached prompt prefix. Immutable.
 *
 * @param name the name of the function
 * @param description what the function does and when to call it
 * @param parameters the JSON Schema of the parameters as text
 * @param strict whether OpenAI shall hold the arguments to the schema
 * @author The Electron Spring authors
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FunctionDefinition(String name, @Nullable String description,
		@JsonRawValue @JsonDeserialize(using = RawJsonDeserializer.class) @Nullable String parameters,
		@Nullable Boolean strict) {

	/**
	 * Create a definition. Blank parameters are taken as none: as raw text they would
	 * break the body.
	 */
	public FunctionDefinition {
		parameters = (parameters != null && !parameters.isBlank()) ? parameters : null;
	}

}
