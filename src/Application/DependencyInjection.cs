using Microsoft.Extensions.DependencyInjection;
using OrderIssues.Application.Common.Behaviors;
using OrderIssues.Application.Common.Idempotency;
using OrderIssues.Application.Events;
using OrderIssues.Application.Issues;
using OrderIssues.Application.Issues.Bulk;
using OrderIssues.Application.Issues.Erasing;
using OrderIssues.Application.Issues.Merging;
using OrderIssues.Application.Issues.Views;
using OrderIssues.Application.Privacy;
using OrderIssues.Application.Tickets;
using OrderIssues.Application.Webhooks;
using OrderIssues.Application.Webhooks.Deliveries;

namespace OrderIssues.Application;

public static class DependencyInjection
{
    /// <summary>
    /// Registers the use cases. They need an <c>IOrderIssueStore</c>, an <c>IRecordStore</c>, any number of <c>ITicketSystem</c>,
    /// <c>IssueStatuses</c>, an <see cref="ICaller"/>, a <see cref="TimeProvider"/>, logging and metrics.
    /// </summary>
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        var assembly = typeof(DependencyInjection).Assembly;
        services.AddTransient<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddTransient<IMediator, Mediator>();
        services.Scan(scan => scan.FromAssemblies(assembly)
            .AddClasses(classes => classes.AssignableTo(typeof(IRequestHandler<,>)), publicOnly: false)
            .AsImplementedInterfaces()
            .WithTransientLifetime());
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(LoggingBehavior<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.AddValidatorsFromAssembly(assembly, ServiceLifetime.Singleton, includeInternalTypes: true);
        services.AddTransient<IssueCreator>();
        services.AddTransient<IssueFinder>();
        services.AddTransient<IssueEditor>();
        services.AddTransient<FilteredIssues>();
        services.AddTransient<DuplicateFinder>();
        services.AddTransient<IssueMerger>();
        services.AddTransient<MessageTakeOver>();
        services.AddSingleton<IFollower, MergeFollower>();
        services.AddSingleton<ChangeTurns>();
        services.AddSingleton<EventFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<EventFeed>());
        services.AddHostedService<WebhookStart>();
        services.AddHostedService<FollowerRunner>();
        services.AddHostedService<EventRetention>();
        services.AddTransient<SavedViews>();
        services.AddTransient<EndpointStates>();
        services.AddTransient<WebhookStatuses>();
        services.AddTransient<TicketFinder>();
        services.AddTransient<IdempotentRunner>();
        services.AddTransient<RememberedResponses>();
        services.AddTransient<IssueEraser>();
        services.AddTransient<CustomerDataEraser>();
        services.AddTransient<TicketPrefill>();
        services.AddTransient<TicketIssueCreator>();
        return services;
    }

    /// <summary>Registers what erases customers' data by age.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services, RetentionPolicy policy) =>
        services.AddSingleton(policy).AddHostedService<CustomerDataRetention>();

    /// <summary>Registers what delivers to an endpoint.</summary>
    public static IServiceCollection AddWebhook(this IServiceCollection services, WebhookEndpoint endpoint) =>
        services.AddSingleton<IFollower>(provider => new WebhookFollower(endpoint, provider));
}
