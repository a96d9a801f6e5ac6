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

package io.github.electronspring.autoconfigure;

import io.github.electronspring.memory.ElectronChatMemoryAdvisor;
import io.github.electronspring.memory.PrefixStableChatMemory;

import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.memory.InMemoryChatMemoryRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration of the chat memory. Its advisor is not added to any client: only the
 * application knows which conversation a call belongs to.
 *
 * @author The Electron Spring authors
 */
@Configuration(proxyBeanMethods = false)
class ElectronMemoryConfiguration {

	@Bean
	@ConditionalOnMissingBean(ChatMemory.class)
	@Conditional(NoneOrSingleRepository.class)
	PrefixStableChatMemory electronChatMemory(ElectronProperties properties,
			ObjectProvider<ChatMemoryRepository> repository) {
		ElectronMemoryProperties memory = properties.getMemory();
		return new PrefixStableChatMemory(repository.getIfAvailable(InMemoryChatMemoryRepository::new),
				memory.getHighWaterMark(), memory.getLowWaterMark());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnSingleCandidate(ChatMemory.class)
	ElectronChatMemoryAdvisor electronChatMemoryAdvisor(ChatMemory memory) {
		return new ElectronChatMemoryAdvisor(memory);
	}

	static final class NoneOrSingleRepository extends AnyNestedCondition {

		NoneOrSingleRepository() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnMissingBean(ChatMemoryRepository.class)
		static final class None {

		}

		@ConditionalOnSingleCandidate(ChatMemoryRepository.class)
		static final class Single {

		}

	}

}
