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

import java.util.ArrayList;
import java.util.List;

import io.github.electronspring.actuate.ElectronStatistics;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration of what is remembered for the actuator.
 *
 * @author The Electron Spring authors
 */
@Configuration(proxyBeanMethods = false)
class ElectronStatisticsConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ElectronStatistics electronStatistics(ElectronProperties properties) {
		// The providers themselves tell it what they do, and cannot be known here
		List<String> names = new ArrayList<>(properties.getProviders().keySet());
		names.add(ElectronApiConfiguration.PROVIDER);
		return new ElectronStatistics(names);
	}

}
