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

package io.github.electronspring.tool;

import java.lang.reflect.Array;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;

import io.github.electronspring.turn.ToolExecution;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.util.JacksonUtils;

/**
 * Makes the arguments of a tool method from the JSON text of the model. What is wrong is
 * said in words for the model.
 *
 * @author The Electron Spring authors
 */
final class ToolArguments {

	private static final JsonMapper mapper = JacksonUtils.getDefaultJsonMapper();

	private final ToolMethod tool;

	private final ToolSchema schema;

	ToolArguments(ToolMethod tool, ToolSchema schema) {
		this.tool = tool;
		this.schema = schema;
	}

	@Nullable Object[] read(String json, ToolContext context, ToolExecution execution) {
		JsonNode arguments = readObject(json);
		Parameter[] parameters = this.tool.declaration().getParameters();
		@Nullable Object[] values = new Object[parameters.length];
		for (int i = 0; i < parameters.length; i++) {
			values[i] = ToolMethod.isExecution(parameters[i]) ? execution : ToolMethod.isHidden(parameters[i]) ? context
					: read(parameters[i], this.tool.argumentType(i), arguments.path(parameters[i].getName()));
		}
		return values;
	}

	private static JsonNode readObject(String json) {
		try {
			JsonNode node = json.isBlank() ? mapper.createObjectNode() : mapper.readTree(json);
			if (node.isObject()) {
				return node;
			}
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The arguments are not valid JSON", ex);
		}
		throw new IllegalArgumentException("The arguments are not a JSON object");
	}

	private @Nullable Object read(Parameter parameter, Type type, JsonNode argument) {
		if (argument.isMissingNode() || argument.isNull()) {
			if (this.schema.required().contains(parameter.getName())) {
				throw new IllegalArgumentException("The argument '%s' is missing".formatted(parameter.getName()));
			}
			return absent(parameter, type);
		}
		return convert(parameter.getName(), type, argument);
	}

	private static @Nullable Object absent(Parameter parameter, Type type) {
		if (parameter.getType().isPrimitive()) {
			return Array.get(Array.newInstance(parameter.getType(), 1), 0);
		}
		return ToolMethod.isOptional(parameter) ? mapper.readValue("null", mapper.constructType(type)) : null;
	}

	private static @Nullable Object convert(String name, Type type, JsonNode argument) {
		JavaType javaType = mapper.constructType(type);
		try {
			return mapper.readerFor(javaType).readValue(argument);
		}
		catch (JacksonException ex) {
			return convertText(name, javaType, argument, ex);
		}
	}

	// Models write an object or an array as text at times
	private static @Nullable Object convertText(String name, JavaType type, JsonNode argument,
			JacksonException failure) {
		try {
			if (argument.isString()) {
				return mapper.readValue(argument.asString(), type);
			}
		}
		catch (JacksonException ex) {
			failure.addSuppressed(ex);
		}
		throw new IllegalArgumentException("The argument '%s' does not fit its schema".formatted(name), failure);
	}

}
