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
 * Reads a number that may be text, and takes what is missing or no number as 0.
 *
 * @author The Electron Spring authors
 */
class LenientDoubleDeserializer extends ValueDeserializer<Double> {

	@Override
	public Double deserialize(JsonParser parser, DeserializationContext context) {
		Double value = parser.getValueAsDouble(0.0);
		parser.skipChildren();
		return value;
	}

	@Override
	public Double getNullValue(DeserializationContext context) {
		return 0.0;
	}

	@Override
	public Double getAbsentValue(DeserializationContext context) {
		return 0.0;
	}

}
