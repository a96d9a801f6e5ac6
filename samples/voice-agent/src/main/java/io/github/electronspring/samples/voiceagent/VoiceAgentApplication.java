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

package io.github.electronspring.samples.voiceagent;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * A support desk that one talks to in a web page. Without {@code SMALLEST_API_KEY} in the
 * environment it talks to the simulator.
 *
 * @author The Electron Spring authors
 */
@SpringBootApplication
@EnableConfigurationProperties(SupportDeskProperties.class)
public class VoiceAgentApplication {

	/**
	 * Start the application.
	 * @param args the arguments
	 */
	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(VoiceAgentApplication.class);
		boolean simulated = System.getenv().getOrDefault("SMALLEST_API_KEY", "").isBlank();
		application.setDefaultProperties(Map.of("electron.simulator.enabled", simulated));
		application.run(args);
	}

}
