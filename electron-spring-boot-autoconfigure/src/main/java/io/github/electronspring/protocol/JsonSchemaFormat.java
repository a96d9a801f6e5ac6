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
 * The schema of a {@link ResponseFormat}. Immutable.
 *
 * @param name the name of the schema
 * @param schema the JSON Schema as text
 * @param strict whether OpenAI shall hold the answer to the schema
 * @author The Electron Spring authors
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JsonSchemaFormat(String name,
		@JsonRawValue @JsonDeserialize(using = RawJsonDeserializer.class) String schema, @Nullable Boolean strict) {

}
