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

package io.github.electronspring.samples.monitoring;

import io.github.electronspring.tool.ElectronTool;

import org.springframework.stereotype.Component;

/**
 * A tool whose result must not be seen.
 *
 * @author The Electron Spring authors
 */
@Component
class Vault {

	static final String CONTENT = "MarkerOfTheResult";

	@ElectronTool(name = "vault", description = "Opens the vault")
	String open(String word) {
		return CONTENT;
	}

}
