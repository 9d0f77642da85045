using System;
using System.Collections.Generic;
using System.Linq;
using Warren.Config.Model;

namespace Warren.Fabric.Policies;

/// <summary>All services of an authority with what they inherit, and which of them are on a router: made once for all routers, so that each looks only at its own.</summary>
public sealed class ServiceCatalog
{
    private readonly Dictionary<string, ServiceView> _views;
    private readonly List<ServiceView> _everywhere = [];
    private readonly Dictionary<string, List<ServiceView>> _byRouter = [];
    private readonly Dictionary<string, List<ServiceView>> _byGroup = [];

    /// <summary>The services of an authority. A cycle of inheritance cannot be: a parent's name is shorter.</summary>
    public ServiceCatalog(Authority authority)
    {
        ArgumentNullException.ThrowIfNull(authority);
        var written = new Dictionary<string, Service>();
        foreach (var service in authority.Services)
            written[service.Name] = service;
        _views = new Dictionary<string, ServiceView>(written.Count);
        foreach (var service in authority.Services)
            Place(View(service, written));
    }

    /// <summary>Every service by name.</summary>
    public IReadOnlyDictionary<string, ServiceView> ByName => _views;

    /// <summary>The services that are on a router: enabled, with addresses of their own, applying there; in the order of names.</summary>
    public IReadOnlyList<ServiceView> On(Router router)
    {
        ArgumentNullException.ThrowIfNull(router);
        var own = new HashSet<ServiceView>(_byRouter.GetValueOrDefault(router.Name, []));
        foreach (var group in router.Groups)
            own.UnionWith(_byGroup.GetValueOrDefault(group, []));
        if (own.Count == 0)
            return _everywhere;
        own.UnionWith(_everywhere);
        return [.. own.OrderBy(view => view.Name, StringComparer.Ordinal)];
    }

    private ServiceView View(Service service, Dictionary<string, Service> written)
    {
        if (_views.TryGetValue(service.Name, out var view))
            return view;
        var parent = service.Parent is { } name && written.TryGetValue(name, out var found) ? View(found, written) : null;
        return _views[service.Name] = new ServiceView(service, parent);
    }

    private void Place(ServiceView view)
    {
        if (!view.Service.IsEnabled || view.Service.IsTemplate)
            return;
        if (view.AppliesTo.Count == 0 || view.AppliesTo.Any(where => where.Type == "authority"))
        {
            var at = _everywhere.BinarySearch(view, Comparer<ServiceView>.Create(static (a, b) => string.CompareOrdinal(a.Name, b.Name)));
            _everywhere.Insert(~at, view);
            return;
        }

        foreach (var where in view.AppliesTo)
        {
            var (names, lists) = where.Type switch { "router" => (where.RouterNames, _byRouter), "router-group" => (where.GroupNames, _byGroup), _ => ([], _byRouter) };
            foreach (var name in names)
            {
                if (!lists.TryGetValue(name, out var list))
                    lists[name] = list = [];
                list.Add(view);
            }
        }
    }
}
