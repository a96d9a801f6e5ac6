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

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Whether and which tool the model shall call. Immutable.
 *
 * @param mode {@code auto}, {@code required}, {@code none} or {@code function}
 * @param functionName the name of the function, for the mode {@code function} only
 * @author The Electron Spring authors
 */
public record ToolChoice(String mode, @Nullable String functionName) {

	/**
	 * The model decides.
	 */
	public static final ToolChoice AUTO = new ToolChoice("auto", null);

	/**
	 * The model calls at least one tool.
	 */
	public static final ToolChoice REQUIRED = new ToolChoice("required", null);

	/**
	 * The model calls no tool.
	 */
	public static final ToolChoice NONE = new ToolChoice("none", null);

	/**
	 * Create a choice of one function.
	 * @param name the name of the function
	 * @return the choice
	 */
	public static ToolChoice function(String name) {
		Assert.hasText(name, "'name' must not be empty");
		return new ToolChoice("function", name);
	}

	/**
	 * Read a choice from text or from its JSON value.
	 * @param value a mode as text, or the map of a function choice
	 * @return the choice
	 * @throws IllegalArgumentException if the value is neither
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public static ToolChoice of(Object value) {
		if (value instanceof Map<?, ?> map && map.get("function") instanceof Map<?, ?> function
				&& function.get("name") instanceof String name) {
			return function(name);
		}
		if ("auto".equals(value) || "required".equals(value) || "none".equals(value)) {
			return new ToolChoice((String) value, null);
		}
		throw new IllegalArgumentException(
				"Invalid tool choice '%s': must be 'auto', 'required', 'none' or a function".formatted(value));
	}

	/**
	 * Return the JSON value.
	 * @return text, or a map for a function
	 */
	@JsonValue
	Object toJson() {
		if (this.functionName == null) {
			return this.mode;
		}
		Map<String, Object> choice = new LinkedHashMap<>();
		choice.put("type", "function");
		choice.put("function", Map.of("name", this.functionName));
		return choice;
	}

}
