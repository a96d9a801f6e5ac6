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

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ToolSpeech}.
 *
 * @author The Electron Spring authors
 */
class ToolSpeechTests {

	@Test
	void speechIsThatOfTheAnnotation() {
		try (AnnotationConfigApplicationContext context = ElectronToolRegistryTests.start(Tools.class)) {
			ElectronToolRegistry registry = context.getBean(ElectronToolRegistry.class);
			assertThat(registry.getSpeech("book"))
				.isEqualTo(new ToolSpeech("I book it.", "book.delayed", Duration.ofMillis(1500), "It failed.", false));
			assertThat(registry.getSpeech("find")).isEqualTo(ToolSpeech.DEFAULT);
			assertThat(registry.getSpeech("other")).isEqualTo(ToolSpeech.DEFAULT);
		}
	}

	@Test
	void timeThatIsNoneIsRefused() {
		assertThatExceptionOfType(InvalidElectronToolException.class)
			.isThrownBy(() -> ElectronToolRegistryTests.start(Invalid.class))
			.withMessageContaining("has the 'delayedAfter' 'soon'");
	}

	static class Tools {

		@ElectronTool(start = "I book it.", delayed = "book.delayed", delayedAfter = "1500ms", failed = "It failed.",
				cancelOnBargeIn = false)
		String book() {
			return "booked";
		}

		@ElectronTool
		String find() {
			return "found";
		}

	}

	static class Invalid {

		@ElectronTool(delayedAfter = "soon")
		String find() {
			return "found";
		}

	}

}
