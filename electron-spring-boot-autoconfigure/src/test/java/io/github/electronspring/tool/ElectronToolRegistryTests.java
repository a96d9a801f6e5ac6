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

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.StubMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ElectronToolRegistry}: which methods it finds.
 *
 * @author The Electron Spring authors
 */
class ElectronToolRegistryTests {

	@Test
	void methodsAreSortedByName() {
		try (AnnotationConfigApplicationContext context = start(Several.class)) {
			ElectronToolRegistry registry = context.getBean(ElectronToolRegistry.class);
			assertThat(registry.getToolNames()).containsExactly("alpha", "beta", "renamed");
			assertThat(registry.getToolCallbacks()).extracting((tool) -> tool.getToolDefinition().name())
				.containsExactly("alpha", "beta", "renamed");
			assertThat(registry.getToolCallback("beta")).isSameAs(registry.getToolCallbacks().get(1));
			assertThat(registry.getToolCallback("other")).isNull();
		}
	}

	@Test
	void attributesOfTheAnnotationAreThoseOfSpringAi() {
		try (AnnotationConfigApplicationContext context = start(Several.class)) {
			ElectronToolRegistry registry = context.getBean(ElectronToolRegistry.class);
			ToolCallback renamed = registry.getToolCallback("renamed");
			assertThat(renamed.getToolDefinition().description()).isEqualTo("What it does");
			assertThat(renamed.getToolMetadata().returnDirect()).isTrue();
			assertThat(renamed.call("{}")).isEqualTo("converted 3");
			ToolCallback alpha = registry.getToolCallback("alpha");
			assertThat(alpha.getToolDefinition().description()).isEqualTo("alpha");
			assertThat(alpha.getToolMetadata().returnDirect()).isFalse();
			assertThat(alpha).hasToString("ElectronToolCallback[name=alpha, beanName=several]");
		}
	}

	@Test
	void annotationIsAToolOfSpringAiToo() {
		ToolCallback[] callbacks = MethodToolCallbackProvider.builder()
			.toolObjects(new Several())
			.build()
			.getToolCallbacks();
		assertThat(callbacks).extracting((tool) -> tool.getToolDefinition().name())
			.containsExactlyInAnyOrder("alpha", "beta", "renamed");
	}

	@Test
	void annotatedMethodIsReflective() {
		Method method = ReflectionUtils.findMethod(Several.class, "alpha");
		assertThat(AnnotatedElementUtils.hasAnnotation(method, Reflective.class)).isTrue();
	}

	@Test
	void lazyBeansAreFoundWithoutBeingCreated() {
		Counted.created.set(0);
		try (AnnotationConfigApplicationContext context = start(LazyBeans.class)) {
			ElectronToolRegistry registry = context.getBean(ElectronToolRegistry.class);
			assertThat(registry.getToolNames()).containsExactly("count");
			registry.getToolCallbacks().forEach((tool) -> tool.getToolDefinition().inputSchema());
			assertThat(Counted.created).hasValue(0);
			assertThat(registry.getToolCallback("count").call("{}")).isEqualTo("1");
			assertThat(registry.getToolCallback("count").call("{}")).isEqualTo("1");
		}
	}

	@Test
	void beanIsFetchedForEachCall() {
		Counted.created.set(0);
		try (AnnotationConfigApplicationContext context = create()) {
			RootBeanDefinition definition = new RootBeanDefinition(Counted.class);
			definition.setScope(BeanDefinition.SCOPE_PROTOTYPE);
			context.registerBeanDefinition("counted", definition);
			context.refresh();
			ToolCallback tool = context.getBean(ElectronToolRegistry.class).getToolCallback("count");
			assertThat(tool.call("{}")).isEqualTo("1");
			assertThat(tool.call("{}")).isEqualTo("2");
		}
	}

	@Test
	void objectsOfFactoryBeansAreFoundWithoutTheirFactoryBeingCreated() {
		Counted.created.set(0);
		CountedFactory.created.set(0);
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		beanFactory.registerBeanDefinition("counted", new RootBeanDefinition(CountedFactory.class));
		ElectronToolRegistry registry = new ElectronToolRegistry(beanFactory);
		registry.afterSingletonsInstantiated();
		assertThat(registry.getToolNames()).containsExactly("count");
		assertThat(CountedFactory.created).hasValue(0);
		assertThat(registry.getToolCallback("count").call("{}")).isEqualTo("1");
	}

	@Test
	void declaredTypeOfABeanMethodIsEnough() {
		try (AnnotationConfigApplicationContext context = start(DeclaredByInterface.class)) {
			ElectronToolRegistry registry = context.getBean(ElectronToolRegistry.class);
			assertThat(registry.getToolNames()).containsExactly("greet");
			assertThat(registry.getToolCallback("greet").call("{\"name\":\"Bo\"}")).isEqualTo("Hi Bo");
		}
	}

	@Test
	void annotationOnInterfacesAndSuperclassesCounts() {
		try (AnnotationConfigApplicationContext context = start(Inheriting.class)) {
			ElectronToolRegistry registry = context.getBean(ElectronToolRegistry.class);
			assertThat(registry.getToolNames()).containsExactly("fromSuperclass", "greet", "overridden");
			assertThat(registry.getToolCallback("greet").call("{\"name\":\"Bo\"}")).isEqualTo("Hello Bo");
			assertThat(registry.getToolCallback("fromSuperclass").call("{}")).isEqualTo("1");
			assertThat(registry.getToolCallback("overridden").call("{}")).isEqualTo("3");
		}
	}

	@Test
	void lambdasAndAbstractBeansAreSkipped() {
		try (AnnotationConfigApplicationContext context = create()) {
			Greeter lambda = (name) -> name;
			context.getBeanFactory().registerSingleton("lambda", lambda);
			AbstractBeanDefinition template = BeanDefinitionBuilder.rootBeanDefinition(Counted.class)
				.setAbstract(true)
				.getBeanDefinition();
			context.registerBeanDefinition("template", template);
			RootBeanDefinition untyped = new RootBeanDefinition(UntypedFactory.class);
			untyped.setLazyInit(true);
			context.registerBeanDefinition("untyped", untyped);
			context.refresh();
			assertThat(context.getBean(ElectronToolRegistry.class).getToolNames()).isEmpty();
		}
	}

	@Test
	void lazyBeanWithAMethodOfATypeThatIsAbsentIsSkipped() {
		Class<?> present = new ByteBuddy().subclass(Object.class)
			.name("org.example.Absent")
			.make()
			.load(getClass().getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
			.getLoaded();
		Class<?> incomplete = new ByteBuddy().subclass(Object.class)
			.name("org.example.Incomplete")
			.defineMethod("use", present, Modifier.PUBLIC)
			.intercept(StubMethod.INSTANCE)
			.make()
			.load(getClass().getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
			.getLoaded();
		try (AnnotationConfigApplicationContext context = create()) {
			context.registerBeanDefinition("incomplete",
					BeanDefinitionBuilder.rootBeanDefinition(incomplete).setLazyInit(true).getBeanDefinition());
			context.registerBean(Several.class);
			context.refresh();
			assertThat(context.getBean(ElectronToolRegistry.class).getToolNames()).containsExactly("alpha", "beta",
					"renamed");
		}
	}

	@Test
	void toolsAreFoundBeforeAllSingletonsAreThereToo() {
		try (AnnotationConfigApplicationContext context = create()) {
			context.registerBean("early", String.class,
					() -> context.getBean(ElectronToolRegistry.class).getToolNames().toString());
			context.registerBean(Several.class);
			context.refresh();
			assertThat(context.getBean("early")).isEqualTo("[alpha, beta, renamed]");
		}
	}

	static AnnotationConfigApplicationContext start(Class<?>... beans) {
		AnnotationConfigApplicationContext context = create();
		for (Class<?> bean : beans) {
			context.registerBean(bean.getSimpleName().toLowerCase(Locale.ROOT), bean);
		}
		context.refresh();
		return context;
	}

	static AnnotationConfigApplicationContext create() {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean(ElectronToolRegistry.class, () -> new ElectronToolRegistry(context.getBeanFactory()));
		return context;
	}

	static class Several {

		@ElectronTool
		int beta() {
			return 2;
		}

		@ElectronTool
		int alpha() {
			return 1;
		}

		@ElectronTool(name = "renamed", description = "What it does", returnDirect = true,
				resultConverter = TestResultConverter.class)
		int gamma() {
			return 3;
		}

		void notATool() {
		}

	}

	static class Counted {

		static final AtomicInteger created = new AtomicInteger();

		private final int number = created.incrementAndGet();

		@ElectronTool
		int count() {
			return this.number;
		}

	}

	static class CountedFactory implements FactoryBean<Counted> {

		static final AtomicInteger created = new AtomicInteger();

		CountedFactory() {
			created.incrementAndGet();
		}

		@Override
		public Counted getObject() {
			return new Counted();
		}

		@Override
		public Class<?> getObjectType() {
			return Counted.class;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyBeans {

		@Bean
		@Lazy
		Counted counted() {
			return new Counted();
		}

	}

	static class UntypedFactory implements FactoryBean<Object> {

		@Override
		public Object getObject() {
			return new Counted();
		}

		@Override
		public @Nullable Class<?> getObjectType() {
			return null;
		}

	}

	interface Greeter {

		@ElectronTool
		String greet(String name);

	}

	static class PoliteGreeter implements Greeter {

		@Override
		public String greet(String who) {
			return "Hi " + who;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DeclaredByInterface {

		@Bean
		@Lazy
		Greeter greeter() {
			return new PoliteGreeter();
		}

	}

	static class Base {

		@ElectronTool
		int fromSuperclass() {
			return 1;
		}

		@ElectronTool
		int overridden() {
			return 2;
		}

	}

	static class Inheriting extends Base implements Greeter {

		@Override
		public String greet(String who) {
			return "Hello " + who;
		}

		@Override
		int overridden() {
			return 3;
		}

	}

}
