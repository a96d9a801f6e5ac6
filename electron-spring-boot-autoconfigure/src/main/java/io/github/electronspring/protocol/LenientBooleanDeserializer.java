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

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads a boolean that may be text, and takes what is missing or no boolean as
 * {@code false}.
 *
 * @author The Electron Spring authors
 */
class LenientBooleanDeserializer extends ValueDeserializer<Boolean> {

	@Override
	public Boolean deserialize(JsonParser parser, DeserializationContext context) {
		Boolean value = parser.getValueAsBoolean(false);
		parser.skipChildren();
		return value;
	}

	@Override
	public Boolean getNullValue(DeserializationContext context) {
		return false;
	}

	@Override
	public Boolean getAbsentValue(DeserializationContext context) {
		return false;
	}

}
