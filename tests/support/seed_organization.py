"""An organization with units in units and a closed account.

    seed_organization.py ENDPOINT

Prints the ids of its accounts and units as JSON, because moto makes them up.

    root
    ├── management
    ├── workloads: closed
    │   └── production: shop
    └── sandbox: lab
"""

import json

from aws import connect

organizations = connect("organizations")
management = organizations.create_organization(FeatureSet="ALL")["Organization"]["MasterAccountId"]
root = organizations.list_roots()["Roots"][0]["Id"]


def unit(parent, name):
    return organizations.create_organizational_unit(ParentId=parent, Name=name)["OrganizationalUnit"]["Id"]


def account(parent, name):
    status = organizations.create_account(AccountName=name, Email=f"{name}@example.com")["CreateAccountStatus"]
    organizations.move_account(AccountId=status["AccountId"], SourceParentId=root, DestinationParentId=parent)
    return status["AccountId"]


workloads, sandbox = unit(root, "workloads"), unit(root, "sandbox")
production = unit(workloads, "production")
closed = account(workloads, "closed")
ids = {"management": management, "shop": account(production, "shop"), "lab": account(sandbox, "lab"), "closed": closed}
organizations.close_account(AccountId=closed)
print(json.dumps(ids | {"workloads": workloads, "production": production}))
