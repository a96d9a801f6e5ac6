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

package io.github.electronspring.samples.quickstart;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link QuickstartApplication}.
 *
 * @author The Electron Spring authors
 */
@ExtendWith(OutputCaptureExtension.class)
class QuickstartApplicationTests {

	@Test
	void toolStartsAndEndsBetweenFillerAndAnswer(CapturedOutput output) {
		int exitCode = SpringApplication
			.exit(SpringApplication.run(QuickstartApplication.class, "--electron.simulator.enabled=true",
					"--electron.simulator.time-to-first-token=0ms", "--electron.simulator.time-between-tokens=0ms"));
		assertThat(exitCode).isZero();
		assertThat(output.getOut()).containsSubsequence("> What is the balance of my account 4711?", ".",
				"[tool balance started]", "[tool balance finished after", " ms]", "4711", "> The capitals of France");
	}

}
