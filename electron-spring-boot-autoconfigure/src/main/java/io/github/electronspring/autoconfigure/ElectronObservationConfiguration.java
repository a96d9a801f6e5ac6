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

import io.github.electronspring.observation.ReportedFailovers;
import io.github.electronspring.observation.RequestLog;
import io.github.electronspring.observation.RequestReportListener;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Configuration of what requests tell about themselves.
 *
 * @author The Electron Spring authors
 */
@Configuration(proxyBeanMethods = false)
@Import(ElectronMeterConfiguration.class)
class ElectronObservationConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RequestLog electronRequestLog() {
		return new RequestLog();
	}

	@Bean
	@ConditionalOnMissingBean
	ReportedFailovers electronReportedFailovers() {
		return new ReportedFailovers();
	}

	@Bean
	RequestReports electronRequestReports(ElectronProperties properties,
			ObjectProvider<RequestReportListener> listeners) {
		return new RequestReports(properties, listeners.orderedStream().toList());
	}

}
