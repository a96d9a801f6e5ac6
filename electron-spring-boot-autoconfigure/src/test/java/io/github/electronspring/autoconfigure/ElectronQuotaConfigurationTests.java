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

import java.time.Duration;

import io.github.electronspring.quota.Plan;
import io.github.electronspring.quota.QuotaSettings;
import io.github.electronspring.quota.RequestQuota;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for the quota that {@link ElectronApiConfiguration} and
 * {@link ElectronRedisQuotaConfiguration} make.
 *
 * @author The Electron Spring authors
 */
@ExtendWith(OutputCaptureExtension.class)
class ElectronQuotaConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ElectronAutoConfiguration.class))
		.withPropertyValues("electron.api-key=sk_secret");

	@Test
	void planIsStandardAndStartUpSaysHowToChangeIt(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			assertThat(context.getBean(RequestQuota.class).settings()).isEqualTo(QuotaSettings.of(Plan.STANDARD));
			assertThat(context.getBean("electronQuota")).isInstanceOf(RequestQuota.class);
		});
		assertThat(output.getOut().lines().filter((line) -> line.contains("Electron's plan")).toList()).singleElement()
			.asString()
			.endsWith("Electron's plan is 'standard' with 10 requests per minute, 3 in flight; set 'electron.plan' to "
					+ "change it");
	}

	@Test
	void planAndWaitAreConfigured() {
		this.contextRunner
			.withPropertyValues("electron.plan=enterprise", "electron.quota.max-wait=3s",
					"electron.quota.max-pending=7", "electron.quota.margin=1s")
			.run((context) -> assertThat(context.getBean(RequestQuota.class).settings())
				.isEqualTo(QuotaSettings.of(Plan.ENTERPRISE)
					.withMaxWait(Duration.ofSeconds(3))
					.withMaxPending(7)
					.withMargin(Duration.ofSeconds(1))));
	}

	@Test
	void customPlanHasTheLimitsThatAreSet(CapturedOutput output) {
		this.contextRunner.withPropertyValues("electron.plan=custom", "electron.quota.requests-per-minute=50")
			.run((context) -> assertThat(plan(context.getBean(RequestQuota.class)))
				.isEqualTo(Plan.custom(50, Integer.MAX_VALUE)));
		assertThat(output).contains("Electron's plan is 'custom' with 50 requests per minute; set 'electron.plan'");
	}

	@Test
	void planWithoutLimitsIsSaidToHaveNone(CapturedOutput output) {
		this.contextRunner.withPropertyValues("electron.plan=unlimited")
			.run((context) -> assertThat(plan(context.getBean(RequestQuota.class))).isEqualTo(Plan.UNLIMITED));
		assertThat(output).contains("Electron's plan has no limits; set 'electron.plan' to change it");
	}

	@Test
	void planOfTheConnectionCountsUnlessOneIsConfigured() {
		ApplicationContextRunner connected = this.contextRunner.withBean(ElectronConnectionDetails.class,
				() -> new Connection(Plan.ENTERPRISE));
		connected.run((context) -> assertThat(plan(context.getBean(RequestQuota.class))).isEqualTo(Plan.ENTERPRISE));
		connected.withPropertyValues("electron.plan=standard")
			.run((context) -> assertThat(plan(context.getBean(RequestQuota.class))).isEqualTo(Plan.STANDARD));
		this.contextRunner.withBean(ElectronConnectionDetails.class, () -> new Connection(null))
			.run((context) -> assertThat(plan(context.getBean(RequestQuota.class))).isEqualTo(Plan.STANDARD));
	}

	@Test
	void quotaOfTheUserWins() {
		RequestQuota own = RequestQuota.local(QuotaSettings.of(Plan.custom(1, 1)));
		this.contextRunner.withBean(RequestQuota.class, () -> own).run((context) -> {
			assertThat(context).hasSingleBean(RequestQuota.class);
			assertThat(context.getBean(ElectronProviders.class).get("electron").quota()).isSameAs(own);
		});
	}

	@Test
	void redisWithoutConnectionNamesTheWayOn() {
		ApplicationContextRunner redis = this.contextRunner.withPropertyValues("electron.quota.store=redis");
		redis.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(InvalidElectronConfigurationException.class)
			.hasMessage("'electron.quota.store' is 'redis', but there is no reactive connection to Redis"));
		redis.withClassLoader(new FilteredClassLoader("org.springframework.data.redis"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidElectronConfigurationException.class));
	}

	@Test
	void redisCountsWhenAskedFor() {
		ApplicationContextRunner redis = this.contextRunner.withBean(ReactiveRedisConnectionFactory.class,
				() -> mock(ReactiveRedisConnectionFactory.class));
		redis.run((context) -> assertThat(context.getBean(RequestQuota.class)).extracting("store")
			.extracting((store) -> store.getClass().getSimpleName())
			.isEqualTo("LocalQuotaStore"));
		redis.withPropertyValues("electron.quota.store=redis", "electron.quota.redis.lease=20s")
			.run((context) -> assertThat(context.getBean(RequestQuota.class)).extracting("store")
				.extracting((store) -> store.getClass().getSimpleName())
				.isEqualTo("RedisQuotaStore"));
	}

	@Test
	void startsWithoutRedisOnTheClassPath() {
		this.contextRunner
			.withClassLoader(new FilteredClassLoader("org.springframework.data.redis", "io.lettuce",
					"org.springframework.boot.data.redis"))
			.run((context) -> assertThat(context).hasSingleBean(RequestQuota.class));
	}

	private static Plan plan(RequestQuota quota) {
		return quota.settings().plan();
	}

	/**
	 * A connection with a plan of its own.
	 *
	 * @param plan the plan
	 */
	private record Connection(@Nullable Plan plan) implements ElectronConnectionDetails {

		@Override
		public String getBaseUrl() {
			return "http://localhost:1/v1";
		}

		@Override
		public String getApiKey() {
			return "sk_secret";
		}

		@Override
		public @Nullable Plan getPlan() {
			return this.plan;
		}

	}

}
