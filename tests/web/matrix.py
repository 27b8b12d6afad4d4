"""Who may do what: a line for each route, whose page it is, and the status that each role gets.

``of`` says whose address is asked for: the agency that is silent or answering, the public consultation or the one for
those alone who were asked, a link that is genuine or made up. ``closed`` is the answering agency's after the close.
A line for a POST sends a good form with the browser's own token. 404 is what those get who may not know.
"""

from dataclasses import dataclass

from tests.web.cast import Role

TABLE = """
#                                                    of         visit silen answe neigh forei offic outsi admin
GET  /                                               public     200   200   200   200   200   200   200   200
GET  /ho-so/<slug>                                   public     200   200   200   200   200   200   200   200
GET  /ho-so/<slug>                                   invited    404   404   404   404   200   404   200   404
GET  /ho-so/<slug>                                   made-up    404   404   404   404   404   404   404   404
GET  /ho-so/<slug>/vi-tri/<anchor>                   public     302   302   302   302   302   302   302   302
GET  /ho-so/<slug>/vi-tri/<anchor>                   invited    404   404   404   404   302   404   302   404
GET  /ho-so/<slug>/vi-tri/<anchor>                   made-up    404   404   404   404   404   404   404   404
GET  /ho-so/<slug>/gui-lai-lien-ket                  public     200   200   200   200   200   200   200   200
GET  /ho-so/<slug>/gui-lai-lien-ket                  invited    404   404   404   404   200   404   200   404
POST /ho-so/<slug>/gui-lai-lien-ket                  public     200   200   200   200   200   200   200   200
POST /ho-so/<slug>/gui-lai-lien-ket                  invited    404   404   404   404   200   404   200   404
GET  /ho-so/<slug>/du-thao/<int:position>.docx       public     200   200   200   200   200   200   200   200
GET  /ho-so/<slug>/du-thao/<int:position>.docx       invited    404   404   404   404   200   404   200   404
GET  /ho-so/<slug>/du-thao/<int:position>.docx       preparing  404   404   404   404   404   404   404   404
GET  /ho-so/<slug>/du-thao/<int:position>/ban-goc    public     404   404   404   404   404   404   404   404
GET  /ho-so/<slug>/du-thao/<int:position>/ban-goc    preparing  404   404   404   404   404   404   404   404
GET  /ngon-ngu/<code>                                public     302   302   302   302   302   302   302   302

GET  /moi/<code>/<token>                             silent     200   200   200   200   200   200   200   200
GET  /moi/<code>/<token>                             made-up    404   404   404   404   404   404   404   404
POST /moi/<code>/<token>                             silent     303   303   303   303   303   303   303   303
POST /moi/<code>/<token>                             made-up    404   404   404   404   404   404   404   404
GET  /moi/<code>/<token>/thu-hoi                     silent     200   200   200   200   200   200   200   200
GET  /moi/<code>/<token>/thu-hoi                     made-up    404   404   404   404   404   404   404   404
POST /moi/<code>/<token>/thu-hoi                     silent     200   200   200   200   200   200   200   200
POST /moi/<code>/<token>/thu-hoi                     made-up    404   404   404   404   404   404   404   404

GET  /dang-nhap                                      public     200   200   200   200   200   200   200   200
POST /dang-nhap                                      public     200   200   200   200   200   200   200   200
GET  /dang-nhap/<token>                              official   200   200   200   200   200   200   200   200
GET  /dang-nhap/<token>                              made-up    200   200   200   200   200   200   200   200
POST /dang-nhap/<token>                              official   303   303   303   303   303   303   303   303
POST /dang-nhap/<token>                              made-up    404   404   404   404   404   404   404   404
POST /dang-xuat                                      public     303   303   303   303   303   303   303   303
POST /dang-xuat-moi-noi                              official   404   404   404   404   404   303   303   303

GET  /gop-y/<code>                                   silent     404   200   404   404   404   404   404   404
GET  /gop-y/<code>                                   answering  404   404   200   404   404   404   404   404
GET  /gop-y/<code>                                   closed     404   404   200   404   404   404   404   404
GET  /gop-y/<code>                                   made-up    404   404   404   404   404   404   404   404
GET  /gop-y/<code>/vi-tri/<anchor>                   silent     404   302   404   404   404   404   404   404
GET  /gop-y/<code>/vi-tri/<anchor>                   closed     404   404   302   404   404   404   404   404
GET  /gop-y/<code>/vi-tri/<anchor>                   made-up    404   404   404   404   404   404   404   404
GET  /gop-y/<code>/nguoi-gop-y                       silent     404   200   404   404   404   404   404   404
POST /gop-y/<code>/nguoi-gop-y                       silent     404   303   404   404   404   404   404   404
GET  /gop-y/<code>/y-kien/moi                        silent     404   200   404   404   404   404   404   404
GET  /gop-y/<code>/y-kien/<key>                      answering  404   404   200   404   404   404   404   404
GET  /gop-y/<code>/y-kien/<key>                      closed     404   404   200   404   404   404   404   404
GET  /gop-y/<code>/y-kien/<key>                      silent     404   404   404   404   404   404   404   404
POST /gop-y/<code>/y-kien/<key>                      silent     404   303   404   404   404   404   404   404
POST /gop-y/<code>/y-kien/<key>                      answering  404   404   303   404   404   404   404   404
POST /gop-y/<code>/y-kien/<key>                      closed     404   404   410   404   404   404   404   404
POST /gop-y/<code>/y-kien/<key>/rut                  answering  404   404   303   404   404   404   404   404
POST /gop-y/<code>/y-kien/<key>/rut                  closed     404   404   410   404   404   404   404   404
POST /gop-y/<code>/y-kien/<key>/rut                  silent     404   404   404   404   404   404   404   404
POST /gop-y/<code>/thong-nhat                        silent     404   303   404   404   404   404   404   404
POST /gop-y/<code>/thong-nhat                        closed     404   404   410   404   404   404   404   404
GET  /gop-y/<code>/xem-lai                           answering  404   404   200   404   404   404   404   404
GET  /gop-y/<code>/xem-lai                           closed     404   404   200   404   404   404   404   404
POST /gop-y/<code>/gui                               answering  404   404   303   404   404   404   404   404
POST /gop-y/<code>/gui                               closed     404   404   410   404   404   404   404   404
POST /gop-y/<code>/thong-nhat-toan-bo                silent     404   303   404   404   404   404   404   404
POST /gop-y/<code>/thong-nhat-toan-bo                closed     404   404   410   404   404   404   404   404
GET  /gop-y/<code>/phieu                             silent     404   303   404   404   404   404   404   404
GET  /gop-y/<code>/phieu                             answering  404   404   303   404   404   404   404   404
GET  /gop-y/<code>/phieu/<int:version>               answering  404   404   200   404   404   404   404   404
GET  /gop-y/<code>/phieu/<int:version>               closed     404   404   200   404   404   404   404   404
GET  /gop-y/<code>/phieu/<int:version>               silent     404   404   404   404   404   404   404   404
POST /gop-y/<code>/phieu/<int:version>/thu-hoi       answering  404   404   303   404   404   404   404   404
POST /gop-y/<code>/phieu/<int:version>/thu-hoi       closed     404   404   410   404   404   404   404   404
POST /gop-y/<code>/phieu/<int:version>/van-ban       answering  404   404   303   404   404   404   404   404
POST /gop-y/<code>/phieu/<int:version>/van-ban       closed     404   404   303   404   404   404   404   404

GET  /ban-lam-viec                                   official   404   404   404   404   404   200   200   200
GET  /ban-lam-viec/<slug>                            public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>                            invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>                            made-up    404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/nhac                       public     404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/in-lien-ket/<code>         mailless   404   404   404   404   404   200   404   404
POST /ban-lam-viec/<slug>/in-lien-ket/<code>         silent     404   404   404   404   404   404   404   404
GET  /ban-lam-viec/<slug>/bang-tong-hop.docx         public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/bang-tong-hop.docx         invited    404   404   404   404   404   404   200   404
GET  /ban-lam-viec/<slug>/y-kien                     public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/y-kien/<key>               public     404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/y-kien/<key>               invited    404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/y-kien/<key>               public     404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/y-kien/<key>               invited    404   404   404   404   404   404   404   404
GET  /ban-lam-viec/<slug>/du-thao                    preparing  404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/du-thao                    public     404   404   404   404   404   409   404   404
GET  /ban-lam-viec/<slug>/du-thao                    invited    404   404   404   404   404   404   409   404
GET  /ban-lam-viec/<slug>/du-thao                    made-up    404   404   404   404   404   404   404   404
GET  /ban-lam-viec/<slug>/du-thao/<int:position>     preparing  404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/du-thao/<int:position>     public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>     preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>     public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/hoan-tac preparing 404 404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/hoan-tac public 404    404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/lam-lai preparing 404  404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/lam-lai public 404     404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/cho-tai-ban-goc preparing 404 404 404 404  404   303   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/cho-tai-ban-goc public 404 404 404 404     404   409   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/tep preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/tep public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/du-thao/<int:position>/tep-truoc preparing 404 404  404   404   404   404   404   404
GET  /ban-lam-viec/<slug>/du-thao/<int:position>/ban-goc preparing 404  404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/du-thao/<int:position>/ban-goc public 404     404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/du-thao/<int:position>/ban-sach.docx preparing 404 404 404 404    404   200   404   404
GET  /ban-lam-viec/<slug>/du-thao/<int:position>/ban-sach.docx public 404 404 404   404     404   200   404   404
GET  /ban-lam-viec/<slug>/cong-van                   preparing  404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/cong-van                   public     404   404   404   404   404   409   404   404
GET  /ban-lam-viec/<slug>/cong-van                   invited    404   404   404   404   404   404   409   404
GET  /ban-lam-viec/<slug>/cong-van                   made-up    404   404   404   404   404   404   404   404
POST /ban-lam-viec/<slug>/cong-van                   preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/cong-van                   public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/cong-van/nhan              preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/cong-van/nhan              public     404   404   404   404   404   409   404   404
GET  /ban-lam-viec/<slug>/co-quan                    preparing  404   404   404   404   404   200   404   404
GET  /ban-lam-viec/<slug>/co-quan                    public     404   404   404   404   404   409   404   404
GET  /ban-lam-viec/<slug>/co-quan                    invited    404   404   404   404   404   404   409   404
POST /ban-lam-viec/<slug>/co-quan/them               preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/co-quan/them               public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/co-quan/them-nhom          preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/co-quan/them-nhom          public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/co-quan/dong/<int:number>  preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/co-quan/dong/<int:number>  public     404   404   404   404   404   409   404   404
POST /ban-lam-viec/<slug>/co-quan/chep               preparing  404   404   404   404   404   303   404   404
POST /ban-lam-viec/<slug>/co-quan/chep               public     404   404   404   404   404   409   404   404
"""


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    method: str
    rule: str
    of: str
    expected: tuple[int, ...]

    def __str__(self) -> str:
        """Name the line in a test report."""
        return f"{self.method} {self.rule} of {self.of}"


def _line(text: str) -> Line:
    method, rule, of, *statuses = text.split()
    assert len(statuses) == len(Role), text
    return Line(method, rule, of, tuple(map(int, statuses)))


MATRIX = tuple(_line(text) for text in TABLE.splitlines() if text and not text.startswith("#"))
