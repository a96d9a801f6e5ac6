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

import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.util.function.SingletonSupplier;

/**
 * {@link ToolDefinition} whose schema is made at first use and stays the same from then
 * on.
 *
 * @param name the name of the tool
 * @param description the description of the tool
 * @param schema what makes the schema
 * @author The Electron Spring authors
 */
record ElectronToolDefinition(String name, String description,
		SingletonSupplier<ToolSchema> schema) implements ToolDefinition {

	@Override
	public String inputSchema() {
		return this.schema.obtain().json();
	}

	@Override
	public String toString() {
		return "ElectronToolDefinition[name=%s]".formatted(this.name);
	}

}
