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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What is said to the caller while a tool runs, as its {@link ElectronTool @ElectronTool}
 * says. A phrase is a message code or the text itself. Immutable.
 *
 * @param start the phrase when it starts and the model has said nothing, empty for a
 * default
 * @param delayed the phrase when it takes long, empty for a default
 * @param delayedAfter when it takes long, or {@code null} for a default
 * @param failed the phrase when it fails, empty for none
 * @param cancelOnBargeIn whether an interruption stops it
 * @author The Electron Spring authors
 */
public record ToolSpeech(String start, String delayed, @Nullable Duration delayedAfter, String failed,
		boolean cancelOnBargeIn) {

	/**
	 * What is said of a tool that says nothing itself.
	 */
	public static final ToolSpeech DEFAULT = new ToolSpeech("", "", null, "", true);

}
