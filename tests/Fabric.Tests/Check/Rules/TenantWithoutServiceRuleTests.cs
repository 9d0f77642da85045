using Warren.Config;

namespace Warren.Fabric.Tests.Check.Rules;

public class TenantWithoutServiceRuleTests
{
    [Fact]
    public void Rejects_a_tenant_that_no_service_lets_in()
    {
        Three.Files(("a.conf", "config\n  authority\n    tenant staff\n      name staff\n      member lan\n        neighborhood lan\n        address 10.0.0.0/8\n      exit\n    exit\n  exit\nexit\n")).Rejects("tenant-without-service", "a.conf", Severity.Warning);
    }

    [Fact]
    public void Accepts_a_tenant_with_a_service()
    {
        Three.Files(("a.conf", "config\n  authority\n    tenant staff\n      name staff\n      member lan\n        neighborhood lan\n        address 10.0.0.0/8\n      exit\n    exit\n    service web\n      name web\n      address 192.0.2.7/32\n      access-policy staff\n        source staff\n        permission allow\n      exit\n    exit\n  exit\nexit\n")).Accepts("tenant-without-service");
    }
}
