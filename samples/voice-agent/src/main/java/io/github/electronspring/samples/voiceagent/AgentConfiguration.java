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

import io.github.electronspring.autoconfigure.ElectronApiCustomizer;

import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration of the agent.
 *
 * @author The Electron Spring authors
 */
@Configuration(proxyBeanMethods = false)
class AgentConfiguration {

	private static final String INSTRUCTIONS = """
			You answer the phone of a shop for household appliances. Speak the language of the caller, \
			in one or two short sentences, without lists or markup. Use the tools for whatever concerns orders, \
			bonus points and repairs; if one fails, say so and offer to try again. Do not invent anything.""";

	@Bean
	ChatClientBuilderCustomizer instructions() {
		return (builder) -> builder.defaultSystem(INSTRUCTIONS);
	}

	@Bean
	ElectronApiCustomizer planRefusalRecorder(PlanUse planUse) {
		return (provider, api) -> new RefusalRecordingElectronApi(api, planUse);
	}

}
