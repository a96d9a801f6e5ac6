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

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.util.JacksonUtils;
import org.springframework.ai.util.json.schema.JsonSchemaGenerator;
import org.springframework.ai.util.json.schema.JsonSchemaUtils;

/**
 * The JSON Schema of the arguments of a tool. It is what Spring AI makes of the method,
 * with type variables resolved and optional parameters unwrapped, and without white
 * space: it is input of every request.
 *
 * @param json the schema
 * @param required the names of the required arguments
 * @author The Electron Spring authors
 */
record ToolSchema(String json, Set<String> required) {

	private static final JsonMapper mapper = JacksonUtils.getDefaultJsonMapper();

	static ToolSchema of(ToolMethod tool) {
		Method method = tool.declaration();
		ObjectNode schema = read(JsonSchemaGenerator.generateForMethodInput(method));
		schema.remove("$schema");
		Set<String> required = new LinkedHashSet<>();
		schema.path("required").forEach((name) -> required.add(name.asString()));
		Parameter[] parameters = method.getParameters();
		for (int i = 0; i < parameters.length; i++) {
			if (ToolMethod.isExecution(parameters[i])) {
				required.remove(parameters[i].getName());
				((ObjectNode) schema.path("properties")).remove(parameters[i].getName());
			}
			Type type = tool.valueType(i);
			if (!ToolMethod.isHidden(parameters[i]) && !type.equals(method.getGenericParameterTypes()[i])) {
				replaceProperty(schema, parameters[i].getName(), type);
			}
			if (ToolMethod.isOptional(parameters[i])) {
				required.remove(parameters[i].getName());
			}
		}
		ArrayNode names = schema.putArray("required");
		required.forEach(names::add);
		return new ToolSchema(schema.toString(), required);
	}

	private static void replaceProperty(ObjectNode schema, String name, Type type) {
		ObjectNode properties = (ObjectNode) schema.path("properties");
		JsonNode description = properties.path(name).path("description");
		ObjectNode property = read(JsonSchemaGenerator.generateForType(type));
		property.remove("$schema");
		property.remove("format");
		JsonSchemaUtils.hoistDefsToRoot(schema, property);
		if (description.isString()) {
			property.set("description", description);
		}
		properties.set(name, property);
	}

	private static ObjectNode read(String json) {
		return (ObjectNode) mapper.readTree(json);
	}

}
