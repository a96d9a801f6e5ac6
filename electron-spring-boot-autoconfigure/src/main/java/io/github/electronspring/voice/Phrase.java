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

package io.github.electronspring.voice;

import org.jspecify.annotations.Nullable;

/**
 * Something to say that the model has not said.
 *
 * @param text the text
 * @param language the language as a BCP 47 tag, or {@code null} if it is not known
 * @author The Electron Spring authors
 */
record Phrase(String text, @Nullable String language) {

	@Override
	public String toString() {
		return "Phrase[length=%d, language=%s]".formatted(this.text.length(), this.language);
	}

}
