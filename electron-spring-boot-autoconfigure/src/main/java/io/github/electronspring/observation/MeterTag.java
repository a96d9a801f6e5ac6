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

package io.github.electronspring.observation;

import io.micrometer.common.docs.KeyName;

/**
 * Tags of meters. Each takes few values.
 *
 * @author The Electron Spring authors
 */
public enum MeterTag implements KeyName {

	/**
	 * The operation of a GenAI meter, always {@code chat}.
	 */
	OPERATION("gen_ai.operation.name"),

	/**
	 * The provider that answered, on a GenAI meter.
	 */
	SYSTEM("gen_ai.system"),

	/**
	 * The model that was asked for, on a GenAI meter.
	 */
	REQUEST_MODEL("gen_ai.request.model"),

	/**
	 * The provider that answered, or was asked last.
	 */
	PROVIDER("provider"),

	/**
	 * The model that was asked for.
	 */
	MODEL("model"),

	/**
	 * How a request or a turn ended: {@code success}, {@code error} or {@code cancelled}.
	 */
	OUTCOME("outcome"),

	/**
	 * The simple name of the exception, {@code none} without one.
	 */
	ERROR_TYPE("error.type"),

	/**
	 * Which part of the cost: {@code input}, {@code cached_input} or {@code output}.
	 */
	COST_TYPE("type"),

	/**
	 * Which limit of the plan: {@code requests_per_minute} or {@code concurrency}.
	 */
	LIMIT_TYPE("type"),

	/**
	 * The provider that failed.
	 */
	FROM("from"),

	/**
	 * The provider that was asked next.
	 */
	TO("to");

	private final String name;

	MeterTag(String name) {
		this.name = name;
	}

	@Override
	public String asString() {
		return this.name;
	}

}
