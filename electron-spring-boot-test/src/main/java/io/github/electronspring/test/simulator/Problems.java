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

package io.github.electronspring.test.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import tools.jackson.databind.JsonNode;

/**
 * Collects what is wrong with a request.
 *
 * @author The Electron Spring authors
 */
final class Problems {

	private final List<ApiError.Detail> details = new ArrayList<>();

	List<ApiError.Detail> details() {
		return this.details;
	}

	void add(String code, String message, Object... path) {
		List<String> parts = new ArrayList<>();
		for (Object part : path) {
			parts.add(String.valueOf(part));
		}
		this.details.add(new ApiError.Detail(code, message, parts));
	}

	void custom(String message, Object... path) {
		add("custom", message, path);
	}

	void type(String expected, Object... path) {
		add("invalid_type", "Expected %s".formatted(expected), path);
	}

	void number(JsonNode request, String name, double min, double max) {
		JsonNode node = request.path(name);
		if (isAbsent(node)) {
			return;
		}
		if (!node.isNumber()) {
			type("number", name);
		}
		else {
			range(node.doubleValue(), min, max, name);
		}
	}

	void integer(JsonNode request, String name, long min, long max) {
		JsonNode node = request.path(name);
		if (isAbsent(node)) {
			return;
		}
		if (!node.isIntegralNumber()) {
			type("integer", name);
		}
		else {
			range(node.doubleValue(), min, max, name);
		}
	}

	void bool(JsonNode request, String name) {
		JsonNode node = request.path(name);
		if (!isAbsent(node) && !node.isBoolean()) {
			type("boolean", name);
		}
	}

	void string(JsonNode request, String name) {
		JsonNode node = request.path(name);
		if (!isAbsent(node) && !node.isString()) {
			type("string", name);
		}
	}

	void oneOf(JsonNode node, Set<String> values, Object... path) {
		if (!node.isString() || !values.contains(node.stringValue())) {
			add("invalid_enum_value", "Invalid value, expected one of '%s'".formatted(String.join("', '", values)),
					path);
		}
	}

	private void range(double value, double min, double max, String name) {
		if (value < min) {
			add("too_small", "%s must be at least %s".formatted(name, plain(min)), name);
		}
		else if (value > max) {
			add("too_big", "%s must be at most %s".formatted(name, plain(max)), name);
		}
	}

	private static String plain(double value) {
		return (value == Math.rint(value)) ? String.valueOf((long) value) : String.valueOf(value);
	}

	static boolean isAbsent(JsonNode node) {
		return node.isMissingNode() || node.isNull();
	}

}
